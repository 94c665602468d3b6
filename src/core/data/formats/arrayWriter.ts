/** Where numbers go that come in the order of a file. */
import { sizeOf } from '../../math/tensor.ts';
import type { Floats } from '../../math/tensor.ts';
import type { Numbers } from './elements.ts';

export type ArrayWriter = {
  /** How many numbers the next call of `put` should bring, of at most `most`. */
  wish(most: number): number;
  put(numbers: Numbers): void;
};

export class RowMajorWriter implements ArrayWriter {
  readonly #data: Floats;
  #at = 0;

  constructor(data: Floats) {
    this.#data = data;
  }

  wish(most: number): number {
    return Math.min(most, this.#data.length - this.#at);
  }

  put(numbers: Numbers): void {
    this.#data.set(numbers, this.#at);
    this.#at += numbers.length;
  }
}

/** Rows that are written side by side: as many numbers of a column as share a line of the processor's cache. */
const tile = 16;

/**
 * Numbers that come first axis fastest go to their row-major places. They are a matrix of first axis × columns; many
 * columns are written at once, a few rows at a time, so that neighbours in memory are written soon after one another.
 */
export class ColumnMajorWriter implements ArrayWriter {
  readonly #data: Floats;
  readonly #rows: number;
  /** from one row to the next */
  readonly #stride: number;
  /** extents and row-major strides of the other axes, slowest in the file last */
  readonly #extents: number[];
  readonly #strides: number[];
  /** the column that comes next: its index on each axis, where it begins, and which of its rows */
  readonly #index: number[];
  #column = 0;
  #row = 0;

  constructor(shape: readonly number[], data: Floats) {
    const axes = shape.map((extent, axis) => ({ extent, stride: sizeOf(shape.slice(axis + 1)) }));
    const [first, ...others] = axes.filter(({ extent }) => extent > 1);
    this.#data = data;
    this.#rows = first.extent;
    this.#stride = first.stride;
    this.#extents = others.map(({ extent }) => extent);
    this.#strides = others.map(({ stride }) => stride);
    this.#index = others.map(() => 0);
  }

  /** Whole columns, or what is left of one. */
  wish(most: number): number {
    const left = this.#rows - this.#row;
    return this.#row === 0 && most >= this.#rows ? most - (most % this.#rows) : Math.min(most, left);
  }

  put(numbers: Numbers): void {
    const rows = this.#rows;
    if (this.#row > 0 || numbers.length < rows) {
      const start = this.#column + this.#row * this.#stride;
      for (let i = 0; i < numbers.length; i++) this.#data[start + i * this.#stride] = numbers[i];
      this.#row += numbers.length;
      if (this.#row === rows) this.#nextColumn();
      return;
    }
    const columns = Float64Array.from({ length: numbers.length / rows }, () => {
      const column = this.#column;
      this.#nextColumn();
      return column;
    });
    scatter(numbers, columns, rows, this.#stride, this.#data);
  }

  #nextColumn(): void {
    this.#row = 0;
    for (let axis = 0; axis < this.#index.length; axis++) {
      this.#index[axis] += 1;
      this.#column += this.#strides[axis];
      if (this.#index[axis] < this.#extents[axis]) return;
      this.#column -= this.#strides[axis] * this.#extents[axis];
      this.#index[axis] = 0;
    }
  }
}

/** numbers: columns of `rows` each; column c goes to columns[c], columns[c] + stride, … of `data` */
function scatter(numbers: Numbers, columns: Float64Array, rows: number, stride: number, data: Floats): void {
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let c = 0; c < columns.length; c++) {
      let to = columns[c] + top * stride;
      for (let from = c * rows + top, end = c * rows + bottom; from < end; from++, to += stride) {
        data[to] = numbers[from];
      }
    }
  }
}
