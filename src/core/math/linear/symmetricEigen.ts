/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest value first.
 *
 *   A = Vᵀ diag(λ) V        rows of V are the eigenvectors, orthonormal
 *
 * Householder reflections make A tridiagonal, QL finishes (see tridiagonal.ts).
 */
import { identity, zeroMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { reflector } from './reflector.ts';
import { tridiagonalQL } from './tridiagonal.ts';

export type SymmetricEigen = {
  /** n, descending */
  readonly values: Float64Array;
  /** n × n, row i belongs to value i */
  readonly vectors: Matrix;
};

/** a: n × n; only its symmetry is used, never checked. */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  const reduced = { ...a, data: a.data.slice() };
  const turned = identity(n);
  const offDiagonal = tridiagonalize(reduced, turned);
  const diagonal = Float64Array.from({ length: n }, (_, i) => reduced.data[i * n + i]);
  tridiagonalQL(diagonal, offDiagonal, turned);

  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = zeroMatrix(n, n);
  order.forEach((from, to) => vectors.data.set(turned.data.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

/** Overwrites a with the tridiagonal Q A Qᵀ (its diagonal is read from it) and q with Q; returns the off-diagonal. */
function tridiagonalize(a: Matrix, q: Matrix): Float64Array {
  const n = a.rows;
  const offDiagonal = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const v = a.data.slice(k * n, (k + 1) * n).fill(0, 0, k + 1);
    let squares = 0;
    for (let i = k + 1; i < n; i++) squares += v[i] ** 2;
    const { beta, first, tau } = reflector(v[k + 1], squares);
    offDiagonal[k] = beta;
    if (tau === 0) continue;
    v[k + 1] = first;
    reflectBothSides(a, v, tau, k + 1);
    reflectFromLeft(q, v, tau, k + 1);
  }
  return offDiagonal;
}

/** A ← (I − τ v vᵀ) A (I − τ v vᵀ) on the block from `start`: A − v wᵀ − w vᵀ, w = p − ½ τ (pᵀv) v, p = τ A v. */
function reflectBothSides({ data, cols: n }: Matrix, v: Float64Array, tau: number, start: number): void {
  const w = new Float64Array(n);
  let pv = 0;
  for (let i = start; i < n; i++) {
    let dot = 0;
    for (let j = start; j < n; j++) dot += data[i * n + j] * v[j];
    w[i] = tau * dot;
    pv += w[i] * v[i];
  }
  for (let i = start; i < n; i++) w[i] -= 0.5 * tau * pv * v[i];
  for (let i = start; i < n; i++) {
    for (let j = start; j < n; j++) data[i * n + j] -= v[i] * w[j] + w[i] * v[j];
  }
}

/** Q ← (I − τ v vᵀ) Q; rows before `start` are not touched. */
function reflectFromLeft({ data, rows, cols }: Matrix, v: Float64Array, tau: number, start: number): void {
  const dots = new Float64Array(cols);
  for (let i = start; i < rows; i++) {
    for (let j = 0; j < cols; j++) dots[j] += tau * v[i] * data[i * cols + j];
  }
  for (let i = start; i < rows; i++) {
    for (let j = 0; j < cols; j++) data[i * cols + j] -= v[i] * dots[j];
  }
}
