/**
 * The HDF5 library walks through a heap of texts and lists without looking whether its objects get on: one of no length
 * holds it for ever. So a heap is looked at before the library sees it.
 *
 *   "GCOL" | version 1 | 3 bytes | size of the heap (8) | objects: index (2), uses (2), 4 bytes, size (8), content
 *
 * Contents are filled up to 8 bytes; an object of index 0 is free space, whose size counts from its own beginning.
 * Source: HDF5 File Format Specification, "Disk Format: Level 1E, Global Heap".
 */
const mark = [0x47, 0x43, 0x4f, 0x4c];
const header = 16;

/** False for a heap that would not end. Of one that comes in pieces the first is looked at; all that is none passes. */
export function heapEnds(bytes: Uint8Array): boolean {
  if (bytes.length <= header || mark.some((byte, i) => bytes[i] !== byte)) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Number(view.getBigUint64(8, true));
  for (let at = header; at + header <= Math.min(end, bytes.length);) {
    const size = Number(view.getBigUint64(at + 8, true));
    const step = view.getUint16(at, true) === 0 ? size : header + Math.ceil(size / 8) * 8;
    if (!(step >= header && at + step <= end)) return false;
    at += step;
  }
  return true;
}
