/** Where the members of a ZIP archive lie, ZIP64 included. All numbers are little-endian. */

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
  /** the next entry of the directory */
  next: number;
};

type Fail = (what: string) => never;

const signature = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, locator64: 0x07064b50, end64: 0x06064b50 };

/** The end record is the last thing in the file, but for a comment of at most 64 KiB. */
export function findDirectory(view: DataView, fail: Fail): { start: number; count: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== signature.end) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    return count === 0xffff || start === 0xffffffff ? findDirectory64(view, at - 20, fail) : { start, count };
  }
  return fail('it has no directory; it is cut off');
}

function findDirectory64(view: DataView, locator: number, fail: Fail): { start: number; count: number } {
  requireRecord(view, locator, 20, signature.locator64, fail);
  const at = Number(view.getBigUint64(locator + 8, true));
  requireRecord(view, at, 56, signature.end64, fail);
  return { start: Number(view.getBigUint64(at + 48, true)), count: Number(view.getBigUint64(at + 32, true)) };
}

export function readEntry(view: DataView, at: number, fail: Fail): Entry {
  requireRecord(view, at, 46, signature.entry, fail);
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  requireWithin(view, at, extraEnd - at, fail);
  const { packed, size, local } = sizesOf(view, at, { start: nameEnd, end: extraEnd }, fail);
  requireRecord(view, local, 30, signature.local, fail);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  requireWithin(view, start, packed, fail);
  return {
    name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameEnd - at - 46)),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    checksum: view.getUint32(at + 16, true),
    size,
    local,
    start,
    end: start + packed,
    next: extraEnd + view.getUint16(at + 32, true),
  };
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

function requireRecord(view: DataView, at: number, length: number, expected: number, fail: Fail): void {
  requireWithin(view, at, length, fail);
  if (view.getUint32(at, true) !== expected) fail('its directory is damaged');
}

function requireWithin(view: DataView, at: number, length: number, fail: Fail): void {
  if (!(at >= 0 && length >= 0 && at + length <= view.byteLength)) fail('it is cut off or damaged');
}
