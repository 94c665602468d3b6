/** Complex numbers in pairs of real and imaginary part → a dictionary of the arrays `real` and `imag`. */
import { sizeOf } from '../../math/tensor.ts';
import { readArray } from './arrays.ts';
import type { Stored } from './arrays.ts';
import type { Entry, FileArray, FileValue } from './format.ts';
import type { Memory } from './memory.ts';
import type { Slice } from './openValue.ts';
import type { ByteStream } from './stream.ts';

/** The type of each part, from NumPy's short name. */
export const complexWidth = (name: string): 'float32' | 'float64' | undefined =>
  (({ c8: 'float32', c16: 'float64' }) as const)[name];

/** dtype: of each part */
export function complexEntry({ dtype, shape }: Stored): Entry {
  const part: Entry = { kind: 'array', dtype, shape };
  return { kind: 'dictionary', entries: new Map(parts.map((name) => [name, part])) };
}

const parts = ['real', 'imag'] as const;

/** stored: of each part */
export function readComplex(stream: ByteStream, stored: Stored, memory: Memory, part?: Slice): FileValue {
  const shape = stored.fortranOrder ? [2, ...stored.shape] : [...stored.shape, 2];
  const taken = part ?? { from: stored.shape.map(() => 0), shape: stored.shape };
  const pairs = readArray(stream, { ...stored, shape }, memory, {
    from: stored.fortranOrder ? [0, ...taken.from] : [...taken.from, 0],
    shape: stored.fortranOrder ? [2, ...taken.shape] : [...taken.shape, 2],
  });
  return complexValue(pairs.data, stored.dtype, taken.shape, stored.fortranOrder, memory);
}

/** numbers: all real ones, then all imaginary ones (`apart`), or in pairs; those of an array in row-major order. */
function complexValue(
  numbers: FileArray['data'],
  dtype: FileArray['dtype'],
  shape: readonly number[],
  apart: boolean,
  memory: Memory,
): FileValue {
  const count = sizeOf(shape);
  return new Map(
    parts.map((name, k): [string, FileArray] => {
      if (apart) return [name, { kind: 'array', dtype, shape, data: numbers.subarray(k * count, (k + 1) * count) }];
      const data = memory.numbers(dtype, count);
      for (let i = 0; i < count; i++) data[i] = numbers[2 * i + k];
      return [name, { kind: 'array', dtype, shape, data }];
    }),
  );
}
