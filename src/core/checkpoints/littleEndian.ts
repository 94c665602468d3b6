/** Numbers as files have them. */
import type { Floats } from '../math/tensor.ts';

const native = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

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
