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

/** Rows that are written one after the other before the next columns: few enough for the processor to keep their places. */
const tile = 64;

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

/**
 * numbers: columns of `rows` each; column c goes to columns[c], columns[c] + stride, … of `data`. Eight columns are written side
 * by side, as many numbers as share a line of the cache where columns are neighbours; one at a time takes a quarter longer.
 */
function scatter(numbers: Numbers, columns: Float64Array, rows: number, stride: number, data: Floats): void {
  const together = columns.length - (columns.length % 8);
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let c = 0; c < together; c += 8) {
      const [a, b, d, e, f, g, h, i] = columns.subarray(c, c + 8);
      for (let row = top, from = c * rows + top, to = top * stride; row < bottom; row++, from++, to += stride) {
        data[a + to] = numbers[from];
        data[b + to] = numbers[from + rows];
        data[d + to] = numbers[from + 2 * rows];
        data[e + to] = numbers[from + 3 * rows];
        data[f + to] = numbers[from + 4 * rows];
        data[g + to] = numbers[from + 5 * rows];
        data[h + to] = numbers[from + 6 * rows];
        data[i + to] = numbers[from + 7 * rows];
      }
    }
    for (let c = together; c < columns.length; c++) {
      for (let row = top; row < bottom; row++) data[columns[c] + row * stride] = numbers[c * rows + row];
    }
  }
}
