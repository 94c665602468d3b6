/**
 * Writes NumPy's .npz: a ZIP archive with one .npy member (version 1.0) per array or text. No member is a pickle, so `numpy.load` reads it as it is.
 * Source: numpy.lib.format's description.
 */
import type { Tensor } from '../../math/tensor.ts';
import { littleEndianBytes } from './littleEndian.ts';
import { storedZip } from './storedZip.ts';

/** Numbers, a text, or a list of texts. */
export type Written = Tensor | string | readonly string[];

/** In the order of the arrays given; metadata comes last. */
export function npzFile(arrays: Readonly<Record<string, Tensor>>, metadata: string): Uint8Array {
  return npzOf({ ...arrays, metadata });
}

/** In the order given. */
export function npzOf(values: Readonly<Record<string, Written>>): Uint8Array {
  return storedZip(Object.entries(values).map(([name, value]) => ({ name: `${name}.npy`, content: memberOf(value) })));
}

function memberOf(value: Written): Uint8Array {
  if (typeof value === 'string') return textArray([value], []);
  if (!('data' in value)) return textArray(value, [value.length]);
  return npyFile(value.data instanceof Float32Array ? '<f4' : '<f8', value.shape, littleEndianBytes(value.data));
}

/** Texts of 4 bytes a character (UTF-32), filled up with zeros to the longest. */
function textArray(texts: readonly string[], shape: readonly number[]): Uint8Array {
  const codes = texts.map((text) => Array.from(text, (c) => c.codePointAt(0)!));
  const width = codes.reduce((most, { length }) => Math.max(most, length), 1);
  const bytes = new Uint8Array(4 * width * texts.length);
  const view = new DataView(bytes.buffer);
  codes.forEach((text, i) => text.forEach((c, k) => view.setUint32(4 * (i * width + k), c, true)));
  return npyFile(`<U${width}`, shape, bytes);
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const alignment = 64;

function npyFile(descr: string, shape: readonly number[], body: Uint8Array): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${axes}), }`;
  const start = Math.ceil((magic.length + 2 + header.length + 1) / alignment) * alignment;
  const headerLength = start - magic.length - 2;
  const out = new Uint8Array(start + body.length);
  out.set(magic);
  new DataView(out.buffer).setUint16(magic.length, headerLength, true);
  out.set(new TextEncoder().encode(`${header.padEnd(headerLength - 1)}\n`), magic.length + 2);
  out.set(body, start);
  return out;
}
