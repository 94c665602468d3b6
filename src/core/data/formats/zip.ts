/** Members of a ZIP archive, stored or deflated, with every length checked before memory is taken. */
import { inflateSync } from 'fflate';
import { LabError } from '../../errors.ts';

export type ZipMember = { name: string; read(): Uint8Array };

/** Deflate cannot shrink by more than this; a member that claims more lies. */
const largestRatio = 1032;
const largestMember = 2 ** 31 - 1;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** In the order of the archive's directory. Throws LabError `format.zip`. */
export function zipMembers(bytes: Uint8Array, fileName: string): ZipMember[] {
  const fail = (what: string): never => {
    throw new LabError('format.zip', `Reading "${fileName}" (a ZIP archive): ${what}. Copy or save the file again.`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const within = (at: number, length: number): void => {
    if (!(at >= 0 && length >= 0 && at + length <= bytes.length)) fail('it is cut off or damaged');
  };
  const directory = findDirectory(view, within, fail);
  const members: ZipMember[] = [];
  let at = directory.start;
  for (let i = 0; i < directory.count; i++) {
    within(at, 46);
    if (view.getUint32(at, true) !== 0x02014b50) fail('its directory is damaged');
    const method = view.getUint16(at + 10, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    within(at + 46, nameLength + extraLength);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = { start: at + 46 + nameLength, end: at + 46 + nameLength + extraLength };
    const { packed, size, local } = sizesOf(view, at, extra, fail);
    if (method !== 0 && method !== 8)
      fail(`"${name}" is packed by method ${method}; only stored and deflated members can be read`);
    if (size > largestMember) fail(`"${name}" is larger than 2 GiB`);
    if (method === 8 ? size > packed * largestRatio + 64 : size !== packed)
      fail(`the size of "${name}" cannot be true`);
    members.push({
      name,
      read() {
        within(local, 30);
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        within(start, packed);
        const content = bytes.subarray(start, start + packed);
        return method === 0 ? content : inflate(content, size, () => fail(`"${name}" is damaged`));
      },
    });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return members;
}

function inflate(content: Uint8Array, size: number, fail: () => never): Uint8Array {
  const out = new Uint8Array(size);
  try {
    const filled = inflateSync(content, { out });
    if (filled.length !== size) fail();
    return filled;
  } catch (error) {
    if (error instanceof LabError) throw error;
    return fail();
  }
}

type Within = (at: number, length: number) => void;
type Fail = (what: string) => never;

/** The end record is the last thing in the file, but for a comment of at most 64 KiB. */
function findDirectory(view: DataView, within: Within, fail: Fail): { start: number; count: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== 0xffffffff) return { start, count };
    return findZip64Directory(view, at - 20, within, fail);
  }
  return fail('it has no directory; it is cut off');
}

function findZip64Directory(
  view: DataView,
  locator: number,
  within: Within,
  fail: Fail,
): { start: number; count: number } {
  within(locator, 20);
  const at = Number(view.getBigUint64(locator + 8, true));
  within(at, 56);
  if (view.getUint32(at, true) !== 0x06064b50) fail('its directory is damaged');
  return { start: Number(view.getBigUint64(at + 48, true)), count: Number(view.getBigUint64(at + 32, true)) };
}

/** Sizes and place of a member; values that do not fit 32 bits are in the extra field 1 (ZIP64), in this order. */
function sizesOf(
  view: DataView,
  at: number,
  extra: { start: number; end: number },
  fail: Fail,
): { packed: number; size: number; local: number } {
  const fields = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    local: view.getUint32(at + 42, true),
  };
  for (let e = extra.start; e + 4 <= extra.end;) {
    const id = view.getUint16(e, true);
    const length = view.getUint16(e + 2, true);
    if (e + 4 + length > extra.end) fail('its directory is damaged');
    if (id === 1) {
      let v = e + 4;
      for (const key of ['size', 'packed', 'local'] as const) {
        if (fields[key] !== 0xffffffff || v + 8 > e + 4 + length) continue;
        fields[key] = Number(view.getBigUint64(v, true));
        v += 8;
      }
    }
    e += 4 + length;
  }
  return fields;
}
