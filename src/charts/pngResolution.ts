/**
 * Writes into a PNG how large it is on paper: the chunk pHYs, pixels per metre in both directions.
 *
 * Source: PNG specification, third edition, 11.3.4.3 (pHYs).
 */
import { chunk, withChunks } from './pngChunks.ts';

export function withResolution(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  const perMetre = Math.round(dpi / 0.0254);
  const data = new DataView(new ArrayBuffer(9));
  data.setUint32(0, perMetre);
  data.setUint32(4, perMetre);
  data.setUint8(8, 1); // unit: metre
  return withChunks(png, [chunk('pHYs', new Uint8Array(data.buffer))]);
}
