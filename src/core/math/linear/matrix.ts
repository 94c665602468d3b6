/** Dense matrices and their products: row-major Float64Array, read along rows. */
import { LabError } from '../../errors.ts';
import type { Tensor } from '../tensor.ts';
import { dot } from './products.ts';

export type Matrix = { readonly rows: number; readonly cols: number; readonly data: Float64Array };

export function zeroMatrix(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

export function identity(n: number): Matrix {
  const eye = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) eye.data[i * n + i] = 1;
  return eye;
}

/** A tensor of two axes as a matrix of its own (always a copy). */
export function matrixOf(t: Tensor): Matrix {
  if (t.shape.length !== 2) {
    throw new LabError(
      'matrix.axes',
      `Reading an array as a matrix: expected 2 axes, found ${t.shape.length} (${t.shape.join(' × ')}).`,
    );
  }
  return { rows: t.shape[0], cols: t.shape[1], data: Float64Array.from(t.data) };
}

export function transpose(a: Matrix): Matrix {
  const out = zeroMatrix(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) out.data[j * a.rows + i] = a.data[i * a.cols + j]!;
  }
  return out;
}

/** A B. A: m × k, B: k × n. */
export function times(a: Matrix, b: Matrix): Matrix {
  requireEqualInner(a.cols, b.rows, 'A B');
  const out = zeroMatrix(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k];
      for (let j = 0; j < b.cols; j++) out.data[i * b.cols + j] += factor * b.data[k * b.cols + j];
    }
  }
  return out;
}

/** Aᵀ B. A: k × m, B: k × n; the k rows are the samples. */
export function transposeTimes(a: Matrix, b: Matrix): Matrix {
  requireEqualInner(a.rows, b.rows, 'Aᵀ B');
  const left = packedColumns(a, 4);
  const right = packedColumns(b, 2);
  const out = zeroMatrix(left.rows, right.rows);
  for (let i = 0; i < left.rows; i += 4) {
    for (let j = 0; j < right.rows; j += 2) fourByTwo(left, right, i, j, out);
  }
  return cropped(out, a.cols, b.cols);
}

/** The columns of a as rows, with rows of zeros added up to a multiple of `tile`. */
function packedColumns(a: Matrix, tile: number): Matrix {
  const out = zeroMatrix(Math.ceil(a.cols / tile) * tile, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) out.data[j * a.rows + i] = a.data[i * a.cols + j]!;
  }
  return out;
}

/** Dot products of rows i…i+3 of `left` with rows j, j+1 of `right`: eight sums that stay in registers. */
function fourByTwo(left: Matrix, right: Matrix, i: number, j: number, out: Matrix): void {
  const k = left.cols;
  const [x, y] = [left.data, right.data];
  const [a, b, c, d] = [i * k, (i + 1) * k, (i + 2) * k, (i + 3) * k];
  const [p, q] = [j * k, (j + 1) * k];
  let [ap, aq, bp, bq, cp, cq, dp, dq] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let t = 0; t < k; t++) {
    const u = y[p + t];
    const v = y[q + t];
    ap += x[a + t] * u;
    aq += x[a + t] * v;
    bp += x[b + t] * u;
    bq += x[b + t] * v;
    cp += x[c + t] * u;
    cq += x[c + t] * v;
    dp += x[d + t] * u;
    dq += x[d + t] * v;
  }
  const n = out.cols;
  const at = i * n + j;
  out.data[at] = ap;
  out.data[at + 1] = aq;
  out.data[at + n] = bp;
  out.data[at + n + 1] = bq;
  out.data[at + 2 * n] = cp;
  out.data[at + 2 * n + 1] = cq;
  out.data[at + 3 * n] = dp;
  out.data[at + 3 * n + 1] = dq;
}

function cropped(a: Matrix, rows: number, cols: number): Matrix {
  const out = zeroMatrix(rows, cols);
  for (let i = 0; i < rows; i++) out.data.set(a.data.subarray(i * a.cols, i * a.cols + cols), i * cols);
  return out;
}

/** Square root of the sum of squares of all entries. */
export function frobeniusNorm(a: Matrix): number {
  return Math.sqrt(dot(a.data, 0, a.data, 0, a.data.length));
}

/** Sum of the products of equal entries, tr(Aᵀ B). */
export function innerProduct(a: Matrix, b: Matrix): number {
  requireEqualInner(a.data.length, b.data.length, 'tr(Aᵀ B)');
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i] * b.data[i];
  return sum;
}

export function requireEqualInner(left: number, right: number, product: string): void {
  if (left !== right) {
    throw new LabError('matrix.shape', `Multiplying ${product}: inner extents must agree, found ${left} and ${right}.`);
  }
}
