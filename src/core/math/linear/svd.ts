/**
 * Thin singular value decomposition with vectors, by one-sided Jacobi rotations.
 *
 *   A = Uᵀ diag(σ) V        rows of U and V are the singular vectors, largest value first
 *
 * Pairs of columns of A are rotated until all are at right angles; their lengths are then the singular values.
 * Slower than bidiagonalisation, but short. Values below rounding of the largest are set to zero with their vectors.
 * Use singularValues() where no vectors are needed.
 * Source: Hestenes 1958, J. SIAM 6:51; Demmel & Veselić 1992, SIAM J. Matrix Anal. Appl. 13:1204.
 */
import { LabError } from '../../errors.ts';
import { frobeniusNorm, identity, transpose, zeroMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

export type Svd = {
  /** k = min(rows, cols), descending */
  readonly values: Float64Array;
  /** k × rows; a row is zero where its value is */
  readonly left: Matrix;
  /** k × cols; a row is zero where its value is */
  readonly right: Matrix;
};

const maxSweeps = 60;

export function svd(a: Matrix): Svd {
  if (a.rows < a.cols) {
    const { values, left, right } = svd(transpose(a));
    return { values, left: right, right: left };
  }
  const columns = transpose(a); // row j is column j of A
  const turns = identity(a.cols);
  const rounding = Math.max(a.rows, a.cols) * Number.EPSILON * frobeniusNorm(a);
  for (let sweep = 0; sweepOnce(columns, turns, rounding); sweep++) {
    if (sweep === maxSweeps) {
      throw new LabError(
        'linear.convergence',
        `Decomposing a ${a.rows} × ${a.cols} matrix: the columns were not at right angles after ${maxSweeps} sweeps. Check the data for values that are not finite.`,
      );
    }
  }
  return sorted(columns, turns, rounding);
}

/** Rotates each pair of rows longer than `rounding` once; true while any pair was not yet at right angles. */
function sweepOnce(columns: Matrix, turns: Matrix, rounding: number): boolean {
  const [n, m] = [columns.rows, columns.cols];
  const x = columns.data;
  let rotated = false;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 1; j < n; j++) {
      let ii = 0;
      let jj = 0;
      let ij = 0;
      for (let k = 0; k < m; k++) {
        const u = x[i * m + k];
        const v = x[j * m + k];
        ii += u * u;
        jj += v * v;
        ij += u * v;
      }
      if (Math.min(ii, jj) <= rounding ** 2) continue;
      if (Math.abs(ij) <= m * Number.EPSILON * Math.sqrt(ii) * Math.sqrt(jj)) continue;
      const zeta = (jj - ii) / (2 * ij);
      const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const c = 1 / Math.hypot(1, t);
      rotate(columns, i, j, c, c * t);
      rotate(turns, i, j, c, c * t);
      rotated = true;
    }
  }
  return rotated;
}

function rotate({ data, cols }: Matrix, i: number, j: number, c: number, s: number): void {
  for (let k = 0; k < cols; k++) {
    const u = data[i * cols + k];
    const v = data[j * cols + k];
    data[i * cols + k] = c * u - s * v;
    data[j * cols + k] = s * u + c * v;
  }
}

/** Lengths of the rows as values, largest first; rows no longer than `rounding` and their partners stay zero. */
function sorted(columns: Matrix, turns: Matrix, rounding: number): Svd {
  const [n, m] = [columns.rows, columns.cols];
  const lengths = Array.from({ length: n }, (_, j) =>
    frobeniusNorm({ rows: 1, cols: m, data: columns.data.subarray(j * m, (j + 1) * m) }),
  );
  const order = lengths.map((_, j) => j).sort((i, j) => lengths[j] - lengths[i]);
  const values = new Float64Array(n);
  const left = zeroMatrix(n, m);
  const right = zeroMatrix(n, n);
  order.forEach((from, to) => {
    const value = lengths[from];
    if (value <= rounding) return;
    values[to] = value;
    for (let k = 0; k < m; k++) left.data[to * m + k] = columns.data[from * m + k] / value;
    right.data.set(turns.data.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values, left, right };
}
