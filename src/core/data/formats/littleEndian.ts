/** Numbers as files have them. */
import type { Floats, Precision } from '../../math/tensor.ts';

const native = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The numbers in the bytes, which need not be aligned: a copy. */
export function fromLittleEndian(bytes: Uint8Array, precision: Precision): Floats {
  const { buffer } = new Uint8Array(bytes); // slice of a Node Buffer would be no copy
  if (native) return precision === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer);
  const view = new DataView(buffer);
  return precision === 'float32'
    ? Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true))
    : Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
}

/** The bytes of the numbers, little endian, in their own precision; where that is the machine's order, not a copy. */
export function littleEndianBytes(data: Floats): Uint8Array {
  if (native) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  data.forEach((v: number, i: number) =>
    data instanceof Float32Array ? view.setFloat32(i * 4, v, true) : view.setFloat64(i * 8, v, true),
  );
  return bytes;
}
