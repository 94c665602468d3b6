/** Where the members of a ZIP archive lie, ZIP64 included. All numbers are little-endian. */
import type { ByteSource } from './source.ts';

/** One member: its bytes are [start, end) of the archive, its local header begins at `local`. */
export type Entry = {
  name: string;
  method: number;
  encrypted: boolean;
  checksum: number;
  size: number;
  local: number;
  start: number;
  end: number;
};

export type Fail = (what: string) => never;

const signature = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, locator64: 0x07064b50, end64: 0x06064b50 };

/** A hundred bytes for each of a million members. */
const longestDirectory = 100_000_000;

export function readDirectory(source: ByteSource, fail: Fail): Entry[] {
  const { start, count } = findDirectory(source, fail);
  if (!(start >= 0 && start <= source.size)) fail('it is cut off or damaged');
  // the directory goes on to the end of the file, but for the records that end it
  const bytes = source.read(start, Math.min(source.size - start, longestDirectory));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    const { entry, next } = readEntry(view, at, source, fail);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** The end record is the last thing in the file, but for a comment of at most 64 KiB. */
function findDirectory(source: ByteSource, fail: Fail): { start: number; count: number } {
  const lowest = Math.max(0, source.size - 22 - 0xffff);
  const view = viewOf(source, lowest, source.size - lowest, fail);
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== signature.end) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    return count === 0xffff || start === 0xffffffff
      ? findDirectory64(source, lowest + at - 20, fail)
      : { start, count };
  }
  return fail('it has no directory; it is cut off');
}

function findDirectory64(source: ByteSource, locator: number, fail: Fail): { start: number; count: number } {
  const at = Number(record(viewOf(source, locator, 20, fail), signature.locator64, fail).getBigUint64(8, true));
  const end = record(viewOf(source, at, 56, fail), signature.end64, fail);
  return { start: Number(end.getBigUint64(48, true)), count: Number(end.getBigUint64(32, true)) };
}

function readEntry(view: DataView, at: number, source: ByteSource, fail: Fail): { entry: Entry; next: number } {
  requireWithin(view, at, 46, fail);
  if (view.getUint32(at, true) !== signature.entry) fail('its directory is damaged');
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  requireWithin(view, at, extraEnd - at, fail);
  const { packed, size, local } = sizesOf(view, at, { start: nameEnd, end: extraEnd }, fail);
  const header = record(viewOf(source, local, 30, fail), signature.local, fail);
  const start = local + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (!(packed >= 0 && start + packed <= source.size)) fail('it is cut off or damaged');
  const entry = {
    name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameEnd - at - 46)),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    checksum: view.getUint32(at + 16, true),
    size,
    local,
    start,
    end: start + packed,
  };
  return { entry, next: extraEnd + view.getUint16(at + 32, true) };
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
    const [id, length] = [view.getUint16(e, true), view.getUint16(e + 2, true)];
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

function viewOf(source: ByteSource, at: number, length: number, fail: Fail): DataView {
  if (!(at >= 0 && at + length <= source.size)) fail('it is cut off or damaged');
  const bytes = source.read(at, length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function record(view: DataView, expected: number, fail: Fail): DataView {
  if (view.getUint32(0, true) !== expected) fail('its directory is damaged');
  return view;
}

function requireWithin(view: DataView, at: number, length: number, fail: Fail): void {
  if (at + length > view.byteLength) fail('it is cut off or damaged');
}
