/** Shaped arrays: flat data in row-major (C) order and the extent of each axis. */
import { LabError } from '../errors.ts';

export type Floats = Float64Array | Float32Array;

export type Tensor<D extends Floats = Floats> = { readonly shape: readonly number[]; readonly data: D };

export type Precision = 'float32' | 'float64';

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((n, extent) => n * extent, 1);
}

/** A tensor over existing data. Throws when the data does not fill the shape. */
export function tensor<D extends Floats>(shape: readonly number[], data: D): Tensor<D> {
  if (data.length !== sizeOf(shape)) {
    throw new LabError(
      'tensor.shape',
      `Shaping an array: ${shape.join(' × ')} needs ${sizeOf(shape)} values, found ${data.length}.`,
    );
  }
  return { shape, data };
}

export function floats(precision: 'float32', length: number): Float32Array;
export function floats(precision: 'float64', length: number): Float64Array;
export function floats(precision: Precision, length: number): Floats;
export function floats(precision: Precision, length: number): Floats {
  return precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

export function zeros(shape: readonly number[], precision: Precision = 'float64'): Tensor {
  return { shape, data: floats(precision, sizeOf(shape)) };
}

export function copyOf(t: Tensor): Tensor {
  return { shape: t.shape, data: t.data.slice() };
}

/** The same numbers in the given precision; no copy when they already are. */
export function inPrecision(t: Tensor, precision: Precision): Tensor {
  if (precisionOf(t.data) === precision) return t;
  return { shape: t.shape, data: precision === 'float32' ? Float32Array.from(t.data) : Float64Array.from(t.data) };
}

export function float64(t: Tensor): Tensor<Float64Array> {
  return inPrecision(t, 'float64') as Tensor<Float64Array>;
}

export function precisionOf(data: Floats): Precision {
  return data instanceof Float32Array ? 'float32' : 'float64';
}
