/** Small files made for a test. */

/** A NumPy file, version 1.0, of float64 values in row-major order. */
export function npy(shape: readonly number[], valueAt: (index: number) => number): Buffer {
  const count = shape.reduce((product, n) => product * n, 1);
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const header = `${description.padEnd(117)}\n`;
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8]);
  const data = Float64Array.from({ length: count }, (_, i) => valueAt(i));
  return Buffer.concat([prefix, Buffer.from(header, 'latin1'), Buffer.from(data.buffer)]);
}
