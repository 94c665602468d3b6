/** Writes NumPy's .npz: equal arrays give equal bytes, whenever and wherever they are written. */
import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { sizeOf } from '../../src/core/math/tensor.ts';

export type FloatArray = { shape: readonly number[]; data: Float32Array };

/** ZIP keeps local time: the earliest that it can hold, in every time zone. */
const mtime = new Date(1980, 0, 1);

/** One deflated .npy member per array. */
export function encodeNpz(arrays: Readonly<Record<string, FloatArray>>): Uint8Array {
  const members = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)]);
  return zipSync(Object.fromEntries(members) as Zippable, { level: 9, mtime, os: 3 });
}

/** Version 1: magic, header length, a header padded to a multiple of 64 bytes, little-endian elements in row-major order. */
export function encodeNpy({ shape, data }: FloatArray): Uint8Array {
  if (data.length !== sizeOf(shape)) throw new Error(`${shape.join(' × ')} needs ${sizeOf(shape)} values.`);
  const extents = shape.map((n) => `${n},`).join(' ');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${extents}), }`;
  const start = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + 4 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(start - 11)}\n`), 10);
  data.forEach((value, i) => view.setFloat32(start + 4 * i, value, true));
  return bytes;
}
