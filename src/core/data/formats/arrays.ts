/** Arrays in files → row-major numbers, whole or in part, in either order, without holding their bytes beside them. */
import { sizeOf } from '../../math/tensor.ts';
import { numbersIn, toNativeOrder, widthOf } from './elements.ts';
import type { Dtype, FileArray } from './format.ts';
import { ColumnMajorWriter, RowMajorWriter } from './arrayWriter.ts';
import type { ArrayWriter } from './arrayWriter.ts';
import { limits } from './limits.ts';
import { Memory } from './memory.ts';
import type { Slice } from './openValue.ts';
import { asSource } from './source.ts';
import { streamOf } from './stream.ts';
import type { ByteStream } from './stream.ts';

export type Stored = {
  dtype: Dtype;
  /** the type of the array where its numbers are stored in a smaller one */
  of?: Dtype;
  shape: readonly number[];
  littleEndian: boolean;
  /** first axis fastest (column-major), as Fortran and MATLAB store it */
  fortranOrder: boolean;
};

/** The array in row-major order. `bytes` holds exactly its elements. */
export function readElements(bytes: Uint8Array, stored: Stored, memory = new Memory('an array')): FileArray {
  return readArray(streamOf(asSource(bytes)), stored, memory);
}

/** The array whose first element comes next, or a part of it; the stream may end behind it or before. */
export function readArray(stream: ByteStream, stored: Stored, memory: Memory, part: Slice = whole(stored)): FileArray {
  const { dtype, of = dtype, fortranOrder } = stored;
  const data = memory.numbers(of, sizeOf(part.shape));
  const array: FileArray = { kind: 'array', dtype: of, shape: part.shape, data };
  if (data.length === 0) return array;
  if (!fortranOrder || part.shape.filter((n) => n > 1).length < 2) {
    const direct = dtype === of && (dtype === 'float32' || dtype === 'float64');
    if (direct) fillDirectly(stream, stored, part, data);
    else convert(stream, stored, part, new RowMajorWriter(data));
  } else convert(stream, stored, part, new ColumnMajorWriter(part.shape, data));
  if (of === 'bool') for (let i = 0; i < data.length; i++) data[i] = data[i] === 0 ? 0 : 1;
  return array;
}

const whole = ({ shape }: Stored): Slice => ({ from: shape.map(() => 0), shape });

function fillDirectly(stream: ByteStream, stored: Stored, part: Slice, data: FileArray['data']): void {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const start = stream.position;
  const width = widthOf(stored.dtype);
  let filled = 0;
  forEachRun(stored, part, (offset, count) => {
    stream.skip(start + offset * width - stream.position);
    stream.fill(bytes.subarray(filled, filled + count * width));
    filled += count * width;
  });
  toNativeOrder(bytes, width, stored.littleEndian);
}

/** Collects runs of bytes until there are enough to be converted. */
function convert(stream: ByteStream, stored: Stored, part: Slice, writer: ArrayWriter): void {
  const { dtype, littleEndian } = stored;
  const start = stream.position;
  const width = widthOf(dtype);
  const most = Math.min(Math.ceil(limits.chunk / width), sizeOf(part.shape));
  const buffer = new ArrayBuffer(most * width);
  const bytes = new Uint8Array(buffer);
  let filled = 0;
  const flush = (): void => {
    toNativeOrder(bytes.subarray(0, filled * width), width, littleEndian);
    writer.put(numbersIn(buffer, dtype, filled));
    filled = 0;
  };
  forEachRun(stored, part, (offset, count) => {
    stream.skip(start + offset * width - stream.position);
    for (let done = 0; done < count;) {
      const taken = Math.min(count - done, writer.wish(most) - filled);
      stream.fill(bytes.subarray(filled * width, (filled + taken) * width));
      filled += taken;
      done += taken;
      if (filled === writer.wish(most)) flush();
    }
  });
  if (filled > 0) flush();
}

/** Runs of neighbours in the file, in its order: where each begins and how many elements it has. */
function forEachRun(
  { shape, fortranOrder }: Stored,
  part: Slice,
  visit: (offset: number, count: number) => void,
): void {
  const inFileOrder = <T>(axes: readonly T[]): readonly T[] => (fortranOrder ? axes.toReversed() : axes);
  const extents = inFileOrder(shape);
  const from = inFileOrder(part.from);
  const taken = inFileOrder(part.shape);
  const strides = extents.map((_, axis) => sizeOf(extents.slice(axis + 1)));
  let split = extents.length; // axes from here on are taken whole
  while (split > 0 && taken[split - 1] === extents[split - 1]) split -= 1;
  const last = Math.max(0, split - 1); // one more axis is taken as a single piece
  const count = sizeOf(taken.slice(last));
  const index = taken.slice(0, last).map(() => 0);
  for (;;) {
    const outer = index.reduce((at, i, axis) => at + (from[axis] + i) * strides[axis], 0);
    visit(outer + (extents.length > 0 ? from[last] * strides[last] : 0), count);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      index[axis] += 1;
      if (index[axis] < taken[axis]) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
