/** Raw bytes of an array → numbers, for every element type that NumPy and PyTorch store. */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import type { Floats } from '../../math/tensor.ts';
import type { Dtype, FileArray } from './format.ts';

/** `values` sees whole elements in native byte order and may keep the buffer. */
const elements: Record<Dtype, { width: number; values: (buffer: ArrayBuffer) => Floats }> = {
  bool: { width: 1, values: (b) => new Float64Array(new Uint8Array(b)).map((v) => (v === 0 ? 0 : 1)) },
  int8: { width: 1, values: (b) => new Float64Array(new Int8Array(b)) },
  uint8: { width: 1, values: (b) => new Float64Array(new Uint8Array(b)) },
  int16: { width: 2, values: (b) => new Float64Array(new Int16Array(b)) },
  uint16: { width: 2, values: (b) => new Float64Array(new Uint16Array(b)) },
  int32: { width: 4, values: (b) => new Float64Array(new Int32Array(b)) },
  uint32: { width: 4, values: (b) => new Float64Array(new Uint32Array(b)) },
  int64: { width: 8, values: (b) => exact(new BigInt64Array(b)) },
  uint64: { width: 8, values: (b) => exact(new BigUint64Array(b)) },
  float16: { width: 2, values: (b) => new Float64Array(new Uint16Array(b)).map(fromHalf) },
  float32: { width: 4, values: (b) => new Float32Array(b) },
  float64: { width: 8, values: (b) => new Float64Array(b) },
};

export const widthOf = (dtype: Dtype): number => elements[dtype].width;

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

export type Stored = {
  dtype: Dtype;
  shape: readonly number[];
  littleEndian: boolean;
  /** first axis fastest (column-major), as Fortran and MATLAB store it */
  fortranOrder: boolean;
};

/** The array in row-major order. `bytes` holds exactly its elements. */
export function readElements(bytes: Uint8Array, stored: Stored): FileArray {
  const { dtype, shape, littleEndian, fortranOrder } = stored;
  const { width, values } = elements[dtype];
  const data = values(inNativeOrder(bytes, width, littleEndian));
  if (!fortranOrder || shape.length < 2) return { kind: 'array', dtype, shape, data };
  const rowMajor = data.slice();
  forEachIndex(shape, columnMajorStrides(shape), (from, to) => (rowMajor[to] = data[from]));
  return { kind: 'array', dtype, shape, data: rowMajor };
}

const littleEndianMachine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A copy of its own, aligned for every type; elements are turned round where the machine has the other byte order. */
function inNativeOrder(bytes: Uint8Array, width: number, littleEndian: boolean): ArrayBuffer {
  const copy = new Uint8Array(bytes);
  if (littleEndian === littleEndianMachine) return copy.buffer;
  for (let start = 0; start < copy.length; start += width) {
    for (let left = start, right = start + width - 1; left < right; left++, right--) {
      const byte = copy[left];
      copy[left] = copy[right];
      copy[right] = byte;
    }
  }
  return copy.buffer;
}

function columnMajorStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape.map((extent) => {
    const own = stride;
    stride *= extent;
    return own;
  });
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

function exact(integers: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(integers.length);
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = Number(integers[i]);
    if (Number.isSafeInteger(numbers[i])) continue;
    throw new LabError(
      'format.integer',
      `Reading an array of whole numbers: ${integers[i]} is beyond 2^53 and would lose digits. Store it as float64.`,
    );
  }
  return numbers;
}
