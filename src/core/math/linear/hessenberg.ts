/**
 * A real square matrix made upper Hessenberg (zeros below the first subdiagonal) with its eigenvalues kept: first a
 * diagonal similarity that evens out rows and columns, then Householder reflections from both sides,
 *
 *   A ← (I − τ v vᵀ) A (I − τ v vᵀ)
 *
 * Balancing costs little and saves digits where weights differ by orders of magnitude; its factors are powers of 2, so
 * that it rounds nothing.
 * Source: Parlett & Reinsch 1969, Numer. Math. 13:293; Golub & Van Loan, Matrix Computations, 7.4.
 */
import type { Matrix } from './matrix.ts';
import { reflector } from './reflector.ts';

/** Scales rows and columns in place until no pair of norms differs by much. a: n × n. */
export function balance({ cols: n, data: a }: Matrix): void {
  for (let settled = false; !settled;) {
    settled = true;
    for (let i = 0; i < n; i++) {
      let [row, column] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        row += Math.abs(a[i * n + j]);
        column += Math.abs(a[j * n + i]);
      }
      if (row === 0 || column === 0) continue;
      const factor = 2 ** Math.round(Math.log2(row / column) / 2);
      if (column * factor + row / factor >= 0.95 * (column + row)) continue;
      settled = false;
      for (let j = 0; j < n; j++) a[i * n + j] /= factor;
      for (let j = 0; j < n; j++) a[j * n + i] *= factor;
    }
  }
}

/** Overwrites a (n × n) with its Hessenberg form. */
export function reduceToHessenberg({ cols: n, data: a }: Matrix): void {
  const [v, w] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n - 2; k++) {
    let squares = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k];
      squares += v[i] * v[i];
    }
    const { beta, first, tau } = reflector(v[k + 1], squares);
    if (tau === 0) continue;
    v[k + 1] = first;
    // from the left: rows after k, columns from k on; column k is known beforehand
    w.fill(0);
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) w[j] += v[i] * a[i * n + j];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = tau * v[i];
      for (let j = k + 1; j < n; j++) a[i * n + j] -= factor * w[j];
      a[i * n + k] = 0;
    }
    a[(k + 1) * n + k] = beta;
    // from the right: columns after k, all rows
    for (let i = 0; i < n; i++) {
      let dot = 0;
      for (let j = k + 1; j < n; j++) dot += a[i * n + j] * v[j];
      dot *= tau;
      for (let j = k + 1; j < n; j++) a[i * n + j] -= dot * v[j];
    }
  }
}
