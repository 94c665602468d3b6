/** Raw bytes of an array → numbers, for every element type that NumPy and PyTorch store. */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import type { Dtype, FileArray } from './format.ts';

type ReadElement = (view: DataView, at: number, little: boolean) => number;

const elements: Record<Dtype, { width: number; read: ReadElement }> = {
  bool: { width: 1, read: (v, at) => (v.getUint8(at) === 0 ? 0 : 1) },
  int8: { width: 1, read: (v, at) => v.getInt8(at) },
  uint8: { width: 1, read: (v, at) => v.getUint8(at) },
  int16: { width: 2, read: (v, at, le) => v.getInt16(at, le) },
  uint16: { width: 2, read: (v, at, le) => v.getUint16(at, le) },
  int32: { width: 4, read: (v, at, le) => v.getInt32(at, le) },
  uint32: { width: 4, read: (v, at, le) => v.getUint32(at, le) },
  int64: { width: 8, read: (v, at, le) => exact(v.getBigInt64(at, le)) },
  uint64: { width: 8, read: (v, at, le) => exact(v.getBigUint64(at, le)) },
  float16: { width: 2, read: (v, at, le) => fromHalf(v.getUint16(at, le)) },
  float32: { width: 4, read: (v, at, le) => v.getFloat32(at, le) },
  float64: { width: 8, read: (v, at, le) => v.getFloat64(at, le) },
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
  const { width, read } = elements[dtype];
  const count = sizeOf(shape);
  const data = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (fortranOrder && shape.length > 1) {
    const strides = columnMajorStrides(shape);
    forEachIndex(shape, strides, (from, to) => (data[to] = read(view, from * width, littleEndian)));
  } else {
    for (let i = 0; i < count; i++) data[i] = read(view, i * width, littleEndian);
  }
  return { kind: 'array', dtype, shape, data };
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
      index[axis]! += 1;
      offset += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
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

function exact(value: bigint): number {
  const n = Number(value);
  if (Number.isSafeInteger(n)) return n;
  throw new LabError(
    'format.integer',
    `Reading an array of whole numbers: ${value} is beyond 2^53 and would lose digits. Store it as float64.`,
  );
}
