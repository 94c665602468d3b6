/**
 * Writes NumPy's .npz: a ZIP archive with one .npy member (version 1.0) per array, and a text `metadata`. No member is
 * a pickle, so `numpy.load` reads it as it is.
 * Source: numpy.lib.format's description.
 */
import type { Tensor } from '../math/tensor.ts';
import { littleEndianBytes } from './littleEndian.ts';
import { storedZip } from './storedZip.ts';

/** In the order of the arrays given; metadata comes last. */
export function npzFile(arrays: Readonly<Record<string, Tensor>>, metadata: string): Uint8Array {
  return storedZip([
    ...Object.entries(arrays).map(([name, { shape, data }]) => ({
      name: `${name}.npy`,
      content: npyFile(data instanceof Float32Array ? '<f4' : '<f8', shape, littleEndianBytes(data)),
    })),
    { name: 'metadata.npy', content: textArray(metadata) },
  ]);
}

/** An array without axes that holds one text, 4 bytes a character (UTF-32). */
function textArray(text: string): Uint8Array {
  const characters = Array.from(text, (c) => c.codePointAt(0)!);
  const bytes = new Uint8Array(4 * characters.length);
  const view = new DataView(bytes.buffer);
  characters.forEach((c, i) => view.setUint32(4 * i, c, true));
  return npyFile(`<U${characters.length}`, [], bytes);
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
