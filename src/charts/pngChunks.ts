/**
 * The chunks that a PNG is made of: length of the data (4 bytes), name (4), data, CRC (4). The first, IHDR, comes before
 * all others.
 *
 * Source: PNG specification, third edition, 5.3 (chunks) and 5.5 (CRC).
 */
import { crc32 } from '../core/data/formats/crc32.ts';
import { LabError } from '../core/errors.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Throws LabError `png.signature`, or `png.damaged` where a chunk is said to be longer than the file. */
export function chunksOf(png: Uint8Array): Uint8Array[] {
  if (!signature.every((byte, i) => png[i] === byte)) {
    throw new LabError(
      'png.signature',
      `Reading a PNG: expected one, found ${png.length} bytes that do not begin like one.`,
    );
  }
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Uint8Array[] = [];
  for (let at = signature.length; at < png.length; at += chunks.at(-1)!.length) {
    const length = png.length - at < 12 ? Infinity : 12 + view.getUint32(at);
    if (at + length > png.length) {
      throw new LabError('png.damaged', `Reading a PNG: expected a chunk at byte ${at}, found the end of the file.`);
    }
    chunks.push(png.subarray(at, at + length));
  }
  return chunks;
}

export function nameOf(part: Uint8Array): string {
  return String.fromCharCode(...part.subarray(4, 8));
}

export function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  [...name].forEach((c, i) => view.setUint8(4 + i, c.charCodeAt(0)));
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** The PNG with these chunks after its header, in place of chunks of the same name. */
export function withChunks(png: Uint8Array, added: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const names = new Set(added.map(nameOf));
  const [header, ...rest] = chunksOf(png).filter((part) => !names.has(nameOf(part)));
  const parts = [png.subarray(0, signature.length), header, ...added, ...rest];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
