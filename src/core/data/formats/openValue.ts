/** Values that lie in memory, as open files: for formats whose values cannot be found without reading all before them. */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import { forEachIndex } from './elements.ts';
import type { Entry, FileArray, FileValue, OpenFile, Path, Range } from './format.ts';
import { limits } from './limits.ts';

export function openValue(value: FileValue, name: string): OpenFile {
  let root: Entry | undefined;
  return {
    get root() {
      return (root ??= describe(value));
    },
    read: (path = []) => valueAt(value, path, name),
    slice: (path, ranges) => sliceOf(arrayOf(valueAt(value, path, name), path, name), ranges, name),
  };
}

export const isArray = (value: FileValue | undefined): value is FileArray =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** `left`: how many more values may be described one by one. */
export function describe(value: FileValue, left = { values: limits.described }): Entry {
  left.values -= 1;
  if (typeof value === 'string') return { kind: 'plain', value: value.slice(0, limits.text) };
  if (value === null || typeof value !== 'object') return { kind: 'plain', value };
  if (value instanceof Uint8Array) return { kind: 'bytes', length: value.length };
  if (isArray(value)) return { kind: 'array', dtype: value.dtype, shape: value.shape };
  if (value instanceof Map) {
    const entries = new Map<string, Entry>();
    for (const [key, inner] of value) if (left.values > 0) entries.set(key, describe(inner, left));
    return { kind: 'dictionary', entries };
  }
  const items: Entry[] = [];
  for (const inner of value) if (left.values > 0) items.push(describe(inner, left));
  return { kind: 'list', length: value.length, items };
}

export function valueAt(root: FileValue, path: Path, name: string): FileValue {
  let value: FileValue | undefined = root;
  for (const step of path) {
    if (value instanceof Map) value = value.get(String(step));
    else value = Array.isArray(value) ? value[Number(step)] : undefined;
    if (value === undefined) return noSuch(path, name);
  }
  return value;
}

export function noSuch(path: Path, name: string): never {
  throw new LabError(
    'format.path',
    `Reading "${name}": there is nothing at "${path.join('.')}". Choose one of the entries that are there.`,
  );
}

export function arrayOf(value: FileValue, path: Path, name: string): FileArray {
  if (isArray(value)) return value;
  throw new LabError(
    'format.slice',
    `Reading part of "${path.join('.')}" in "${name}": expected an array of numbers, found none. Choose an array.`,
  );
}

/** Where a slice begins on every axis, and its shape. Throws LabError `format.slice` where it is not within the array. */
export function placed(shape: readonly number[], ranges: readonly Range[], name: string): Slice {
  const from = shape.map((_, axis) => ranges[axis]?.[0] ?? 0);
  const to = shape.map((extent, axis) => ranges[axis]?.[1] ?? extent);
  const within = from.every((f, axis) => Number.isInteger(f) && Number.isInteger(to[axis]) && 0 <= f && f <= to[axis]);
  if (!within || ranges.length > shape.length || to.some((t, axis) => t > shape[axis])) {
    throw new LabError(
      'format.slice',
      `Reading part of an array of ${shape.join(' × ')} in "${name}": expected ranges within it, found ${JSON.stringify(ranges)}.`,
    );
  }
  return { from, shape: to.map((t, axis) => t - from[axis]) };
}

export type Slice = { readonly from: readonly number[]; readonly shape: readonly number[] };

function sliceOf(array: FileArray, ranges: readonly Range[], name: string): FileArray {
  const { from, shape } = placed(array.shape, ranges, name);
  const strides = array.shape.map((_, axis) => sizeOf(array.shape.slice(axis + 1)));
  const start = from.reduce((at, f, axis) => at + f * strides[axis], 0);
  const data = array.dtype === 'float32' ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  forEachIndex(shape, strides, (offset, at) => (data[at] = array.data[start + offset]));
  return { kind: 'array', dtype: array.dtype, shape, data };
}
