/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL method with Wilkinson's shift.
 *
 * diagonal: n, overwritten with the eigenvalues, in no particular order.
 * offDiagonal: n, entry i couples i and i + 1; the last is not used. Overwritten.
 * vectors: n × n or null. Its rows are turned along: start from Q with rows qᵢ, where T = Q A Qᵀ is the tridiagonal
 * matrix, and row i ends as the eigenvector of A to eigenvalue i.
 *
 * Absolute error: a small multiple of rounding times the largest eigenvalue.
 * Source: Bowdler, Martin, Reinsch & Wilkinson 1968, Numer. Math. 11:293 (EISPACK tql2).
 */
import { LabError } from '../../errors.ts';
import type { Matrix } from './matrix.ts';

const maxSweeps = 60;

export function tridiagonalQL(diagonal: Float64Array, offDiagonal: Float64Array, vectors: Matrix | null): void {
  const n = diagonal.length;
  const negligible = Number.EPSILON * largestRowSum(diagonal, offDiagonal);
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      let last = first;
      while (last < n - 1 && Math.abs(offDiagonal[last]) > negligible) last++;
      if (last === first) break;
      if (sweep === maxSweeps) {
        throw new LabError(
          'linear.convergence',
          `Finding the eigenvalues of a ${n} × ${n} matrix: eigenvalue ${first} did not settle in ${maxSweeps} sweeps. Check the data for values that are not finite.`,
        );
      }
      sweepUp(diagonal, offDiagonal, first, last, vectors);
    }
  }
}

/** One QL sweep over the unreduced block [first, last]: a shift, then a rotation of each neighbouring pair. */
function sweepUp(d: Float64Array, e: Float64Array, first: number, last: number, vectors: Matrix | null): void {
  const gap = (d[first + 1] - d[first]) / (2 * e[first]);
  const root = Math.hypot(gap, 1);
  let g = d[last] - d[first] + e[first] / (gap + (gap >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // the matrix fell apart here: keep what is done, sweep the parts anew
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const q = (d[i] - g) * s + 2 * c * b;
    p = s * q;
    d[i + 1] = g + p;
    g = c * q - b;
    if (vectors) rotateRows(vectors, i, c, s);
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

/** Rows i and i + 1 become c·rowᵢ − s·rowᵢ₊₁ and s·rowᵢ + c·rowᵢ₊₁. */
function rotateRows({ data, cols }: Matrix, i: number, c: number, s: number): void {
  const [upper, lower] = [i * cols, (i + 1) * cols];
  for (let k = 0; k < cols; k++) {
    const u = data[upper + k];
    const l = data[lower + k];
    data[lower + k] = s * u + c * l;
    data[upper + k] = c * u - s * l;
  }
}

function largestRowSum(d: Float64Array, e: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < d.length; i++) {
    const sum = Math.abs(d[i]) + (i > 0 ? Math.abs(e[i - 1]) : 0) + (i < d.length - 1 ? Math.abs(e[i]) : 0);
    largest = Math.max(largest, sum);
  }
  return largest;
}
