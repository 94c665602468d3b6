/** Products of activity with activity, of which parts are taken for some of the units. */
import { zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';

/** The rows and columns asked for, in that order. */
export function rowsAndColumns(a: Matrix, rows: readonly number[], cols: readonly number[]): Matrix {
  const out = zeroMatrix(rows.length, cols.length);
  let at = 0;
  for (const row of rows) {
    const start = row * a.cols;
    for (const col of cols) out.data[at++] = a.data[start + col];
  }
  return out;
}

/** Sum of squares of each column. */
export function columnSquares(a: Matrix): Float64Array {
  const sums = new Float64Array(a.cols);
  for (let i = 0, at = 0; i < a.rows; i++) for (let j = 0; j < a.cols; j++, at++) sums[j] += a.data[at] ** 2;
  return sums;
}
