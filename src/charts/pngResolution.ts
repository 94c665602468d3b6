/**
 * Writes into a PNG how large it is on paper: the chunk pHYs, pixels per metre in both directions.
 *
 * Source: PNG specification, third edition, 11.3.4.3 (pHYs) and 5.5 (CRC).
 */
import { LabError } from '../core/errors.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function withResolution(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  if (!signature.every((byte, i) => png[i] === byte)) {
    throw new LabError(
      'png.signature',
      `Writing a resolution of ${dpi} dpi: expected a PNG, found ${png.length} bytes that do not begin like one.`,
    );
  }
  const [header, ...rest] = chunksOf(png).filter((chunk) => nameOf(chunk) !== 'pHYs');
  return joined([png.subarray(0, signature.length), header, physicalSize(dpi), ...rest]);
}

/** A chunk: length of the data (4 bytes), name (4), data, CRC (4). The first, IHDR, comes before all others. */
function chunksOf(png: Uint8Array): Uint8Array[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Uint8Array[] = [];
  for (let at = signature.length; at < png.length; at += chunks.at(-1)!.length) {
    chunks.push(png.subarray(at, at + 12 + view.getUint32(at)));
  }
  return chunks;
}

function nameOf(chunk: Uint8Array): string {
  return String.fromCharCode(...chunk.subarray(4, 8));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function physicalSize(dpi: number): Uint8Array {
  const chunk = new DataView(new ArrayBuffer(21));
  const perMetre = Math.round(dpi / 0.0254);
  chunk.setUint32(0, 9); // length of the data
  [...'pHYs'].forEach((c, i) => chunk.setUint8(4 + i, c.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1); // unit: metre
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  return new Uint8Array(chunk.buffer);
}

/** CRC-32 of ISO 3309, bit by bit; the input is a few bytes long. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
