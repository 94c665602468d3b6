/** Numbers of a dataset, whole or in part, block by block: no more of it than a few MiB lies beside the array. */
import { sizeOf } from '../../core/math/tensor.ts';
import type { Floats } from '../../core/math/tensor.ts';
import { numbersIn, toNativeOrder, widthOf } from '../../core/data/formats/elements.ts';
import type { Numbers } from '../../core/data/formats/elements.ts';
import type { Dtype, FileArray } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import type { Memory } from '../../core/data/formats/memory.ts';
import type { Block, H5File } from './h5File.ts';
import type { Metadata } from './h5Module.ts';

export type Wanted = {
  dtype: Dtype;
  /** bytes of an element, and where in it the number lies */
  width: number;
  offset: number;
  /** the type of the array, where numbers are stored in a smaller one */
  of: Dtype;
  part: Block;
  /** axes as in the file, or in the other order: MATLAB's first axis is the last in the file */
  axes: 'same' | 'reversed';
};

/** Fewest rows of a block: neighbours in memory where axes are reversed. */
const fewestRows = 16;

export function readNumbers(
  file: H5File,
  path: string,
  { chunks, shape }: Metadata,
  wanted: Wanted,
  memory: Memory,
): FileArray {
  const { dtype, of, part, axes, width, offset } = wanted;
  file.requirePossible(sizeOf(part.shape) * width, path);
  if (chunks) file.requirePossible(sizeOf(chunks) * width, path);
  const data = memory.numbers(of, sizeOf(part.shape));
  const reversed = axes === 'reversed';
  const outShape = reversed ? part.shape.toReversed() : part.shape;
  const outStrides = outShape.map((_, axis) => sizeOf(outShape.slice(axis + 1)));
  const strides = reversed ? outStrides.toReversed() : outStrides;
  if (data.length > 0) {
    for (const block of blocksOf(part, chunks, width)) {
      const count = sizeOf(block.shape);
      const start = block.from.reduce((at, f, axis) => at + (f - part.from[axis]) * strides[axis], 0);
      file.use(path, shape?.length === 0 ? null : block, count * width, (bytes, at) => {
        const numbers = numbersAt(bytes, at, count, dtype, width, offset);
        copyBlock(numbers, block.shape, data, strides, start);
      });
    }
  }
  if (of === 'bool') for (let i = 0; i < data.length; i++) data[i] = data[i] === 0 ? 0 : 1;
  return { kind: 'array', dtype: of, shape: outShape, data };
}

/** Numbers in the library's memory; of elements wider than a number, those at an offset. */
function numbersAt(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  count: number,
  dtype: Dtype,
  width: number,
  offset: number,
): Numbers {
  const own = widthOf(dtype);
  if (own === width && dtype === 'float64' && at % 8 === 0) return new Float64Array(bytes.buffer, at, count);
  if (own === width && dtype === 'float32' && at % 4 === 0) return new Float32Array(bytes.buffer, at, count);
  const copy = new Uint8Array(count * own);
  if (own === width) copy.set(bytes.subarray(at, at + count * width));
  else {
    for (let i = 0; i < count; i++) {
      for (let b = 0; b < own; b++) copy[i * own + b] = bytes[at + i * width + offset + b];
    }
  }
  toNativeOrder(copy, own, true);
  return numbersIn(copy.buffer, dtype, count);
}

/** Blocks that fill the part, each of some MiB, along the borders of the chunks that are packed as one. */
function* blocksOf(part: Block, chunks: readonly number[] | null, width: number): Generator<Block> {
  const extents = blockShape(part, chunks, width);
  const first = extents.map((extent, axis) => Math.floor(part.from[axis] / extent));
  const steps = extents.map((extent, axis) => Math.ceil((part.from[axis] + part.shape[axis]) / extent) - first[axis]);
  for (let k = 0, count = sizeOf(steps); k < count; k++) {
    let rest = k;
    const from: number[] = [];
    const shape: number[] = [];
    for (let axis = steps.length - 1; axis >= 0; axis--) {
      const start = (first[axis] + (rest % steps[axis])) * extents[axis];
      rest = Math.floor(rest / steps[axis]);
      from[axis] = Math.max(start, part.from[axis]);
      shape[axis] = Math.min(start + extents[axis], part.from[axis] + part.shape[axis]) - from[axis];
    }
    yield { from, shape };
  }
}

/** Multiples of the chunks; the first axes are cut first, but not below a few rows. */
function blockShape(part: Block, chunks: readonly number[] | null, width: number): number[] {
  const chunkOf = (axis: number): number => chunks?.[axis] ?? 1;
  const end = (axis: number): number => part.from[axis] + part.shape[axis];
  const extents = part.shape.map((_, axis) => Math.ceil(end(axis) / chunkOf(axis)) * chunkOf(axis));
  const taken = (): number[] => extents.map((extent, axis) => Math.min(extent, part.shape[axis]));
  for (let axis = 0; axis < extents.length && sizeOf(taken()) * width > limits.chunk; axis++) {
    const row = (sizeOf(taken()) / taken()[axis]) * width;
    const fits = Math.max(axis === 0 ? fewestRows : 1, Math.floor(limits.chunk / row));
    extents[axis] = Math.max(chunkOf(axis), fits - (fits % chunkOf(axis)));
  }
  return extents;
}

/** numbers: row-major of `shape`; the one at index i goes to start + Σ i·strides. */
function copyBlock(
  numbers: Numbers,
  shape: readonly number[],
  data: Floats,
  strides: readonly number[],
  start: number,
): void {
  const contiguous = shape.every((_, axis) => strides[axis] === sizeOf(shape.slice(axis + 1)) || shape[axis] === 1);
  if (contiguous) return void data.set(numbers, start);
  const last = Math.max(0, shape.length - 1);
  const [columns, step] = [shape[last] ?? 1, strides[last] ?? 1];
  const rows = numbers.length / columns;
  const starts = rowStarts(shape.slice(0, last), strides, start);
  for (let left = 0; left < columns; left += fewestRows) {
    const right = Math.min(columns, left + fewestRows);
    for (let row = 0; row < rows; row++) {
      let to = starts[row] + left * step;
      for (let from = row * columns + left, end = row * columns + right; from < end; from++, to += step) {
        data[to] = numbers[from];
      }
    }
  }
}

function rowStarts(shape: readonly number[], strides: readonly number[], start: number): Float64Array {
  const starts = new Float64Array(sizeOf(shape));
  const index = shape.map(() => 0);
  let at = start;
  for (let row = 0; row < starts.length; row++) {
    starts[row] = at;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] += 1;
      at += strides[axis];
      if (index[axis] < shape[axis]) break;
      at -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return starts;
}
