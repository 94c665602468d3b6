/** Types of stored numbers, and bytes → numbers. */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import type { Dtype } from './format.ts';

export type Numbers =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** `view` sees whole elements in native byte order and gives a view where it can. */
const elements: Record<Dtype, { width: number; view: (buffer: ArrayBuffer, count: number) => Numbers }> = {
  bool: { width: 1, view: (b, n) => new Uint8Array(b, 0, n).map((v) => (v === 0 ? 0 : 1)) },
  int8: { width: 1, view: (b, n) => new Int8Array(b, 0, n) },
  uint8: { width: 1, view: (b, n) => new Uint8Array(b, 0, n) },
  int16: { width: 2, view: (b, n) => new Int16Array(b, 0, n) },
  uint16: { width: 2, view: (b, n) => new Uint16Array(b, 0, n) },
  int32: { width: 4, view: (b, n) => new Int32Array(b, 0, n) },
  uint32: { width: 4, view: (b, n) => new Uint32Array(b, 0, n) },
  int64: { width: 8, view: (b, n) => exact(new Int32Array(b, 0, 2 * n), new BigInt64Array(b, 0, n)) },
  uint64: { width: 8, view: (b, n) => exact(new Uint32Array(b, 0, 2 * n), new BigUint64Array(b, 0, n)) },
  float16: { width: 2, view: (b, n) => Float64Array.from(new Uint16Array(b, 0, n), fromHalf) },
  float32: { width: 4, view: (b, n) => new Float32Array(b, 0, n) },
  float64: { width: 8, view: (b, n) => new Float64Array(b, 0, n) },
};

export const widthOf = (dtype: Dtype): number => elements[dtype].width;

/** The first `count` elements of a buffer in native byte order. */
export const numbersIn = (buffer: ArrayBuffer, dtype: Dtype, count: number): Numbers =>
  elements[dtype].view(buffer, count);

/** NumPy's short names, byte order left out: f8, i4, b1 … */
const numpyNames: Record<string, Dtype> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

export const dtypeNamed = (shortName: string): Dtype | undefined =>
  Object.hasOwn(numpyNames, shortName) ? numpyNames[shortName] : undefined;

/** as many as NumPy allows */
export const mostAxes = 64;

const littleEndianMachine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Turns elements round, in place, where the machine has the other byte order. */
export function toNativeOrder(bytes: Uint8Array, width: number, littleEndian: boolean): void {
  if (littleEndian === littleEndianMachine || width === 1) return;
  for (let start = 0; start + width <= bytes.length; start += width) {
    for (let left = start, right = start + width - 1; left < right; left++, right--) {
      const byte = bytes[left];
      bytes[left] = bytes[right];
      bytes[right] = byte;
    }
  }
}

/** Calls with the offset by strides (in elements) and the row-major position, position by position. */
export function forEachIndex(
  shape: readonly number[],
  strides: readonly number[],
  visit: (offset: number, position: number) => void,
): void {
  const count = sizeOf(shape);
  const index = shape.map(() => 0);
  let offset = 0;
  for (let position = 0; position < count; position++) {
    visit(offset, position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] += 1;
      offset += strides[axis];
      if (index[axis] < shape[axis]) break;
      offset -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** halves: low and high 32 bits of each number, the high ones with its sign */
function exact(halves: Int32Array | Uint32Array, whole: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(whole.length);
  const [low, high] = littleEndianMachine ? [0, 1] : [1, 0];
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = halves[2 * i + high] * 2 ** 32 + (halves[2 * i + low] >>> 0);
    if (Number.isSafeInteger(numbers[i])) continue;
    throw new LabError(
      'format.integer',
      `Reading an array of whole numbers: ${whole[i]} is beyond 2^53 and would lose digits. Store it as float64.`,
    );
  }
  return numbers;
}
