/**
 * Singular values alone, largest first.
 *
 * 1. Golub–Kahan: Householder reflections from both sides make A upper bidiagonal, diagonal d, superdiagonal e.
 * 2. The symmetric tridiagonal matrix with zero diagonal and off-diagonal d₁ e₁ d₂ e₂ … dₙ has the eigenvalues ±σ.
 *
 * A is never squared (AᵀA would cost half of the digits): the error is a few roundings of the largest value.
 * Source: Golub & Kahan 1965, SIAM J. Numer. Anal. B 2:205.
 */
import { transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { tridiagonalQL } from './tridiagonal.ts';

export function singularValues(a: Matrix): Float64Array {
  const tall = a.rows >= a.cols ? { ...a, data: a.data.slice() } : transpose(a);
  const offDiagonal = bidiagonalize(tall);
  const eigenvalues = new Float64Array(2 * tall.cols);
  tridiagonalQL(eigenvalues, offDiagonal, null);
  // pairs ±σ: the upper half, where rounding may have left a zero slightly below zero
  return eigenvalues
    .sort()
    .reverse()
    .slice(0, tall.cols)
    .map((v) => Math.max(0, v));
}

/** Sum of the singular values. */
export function nuclearNorm(a: Matrix): number {
  return singularValues(a).reduce((sum, s) => sum + s, 0);
}

/** Overwrites a (rows ≥ cols); returns d₁ e₁ d₂ e₂ … dₙ 0. */
function bidiagonalize({ rows, cols, data }: Matrix): Float64Array {
  const interleaved = new Float64Array(2 * cols);
  const work = new Float64Array(cols);
  for (let k = 0; k < cols; k++) {
    interleaved[2 * k] = reflectColumns(data, rows, cols, k, work);
    if (k < cols - 1) interleaved[2 * k + 1] = reflectRows(data, rows, cols, k);
  }
  return interleaved;
}

/** Reflects rows k… so that column k vanishes below its diagonal entry, which is returned. */
function reflectColumns(a: Float64Array, rows: number, cols: number, k: number, work: Float64Array): number {
  let squares = 0;
  for (let i = k; i < rows; i++) squares += a[i * cols + k] ** 2;
  const { beta, first, tau } = reflector(a[k * cols + k], squares);
  if (tau === 0) return beta;
  a[k * cols + k] = first;
  work.fill(0);
  for (let i = k; i < rows; i++) {
    const v = tau * a[i * cols + k];
    for (let j = k + 1; j < cols; j++) work[j] += v * a[i * cols + j];
  }
  for (let i = k; i < rows; i++) {
    const v = a[i * cols + k];
    for (let j = k + 1; j < cols; j++) a[i * cols + j] -= v * work[j];
  }
  return beta;
}

/** Reflects columns k + 1… so that row k vanishes right of its superdiagonal entry, which is returned. */
function reflectRows(a: Float64Array, rows: number, cols: number, k: number): number {
  const top = k * cols;
  let squares = 0;
  for (let j = k + 1; j < cols; j++) squares += a[top + j] ** 2;
  const { beta, first, tau } = reflector(a[top + k + 1], squares);
  if (tau === 0) return beta;
  a[top + k + 1] = first;
  for (let i = k + 1; i < rows; i++) {
    const r = i * cols;
    let dot = 0;
    for (let j = k + 1; j < cols; j++) dot += a[r + j] * a[top + j];
    dot *= tau;
    for (let j = k + 1; j < cols; j++) a[r + j] -= dot * a[top + j];
  }
  return beta;
}

/**
 * Householder's I − τ v vᵀ that sends a vector with head x₁ and squared norm `squares` to (β, 0, …). Only the head of
 * v differs from the vector: v₁ = x₁ − β, with the sign of β against cancellation. τ = 0 for a vector of zeros.
 */
export function reflector(head: number, squares: number): { beta: number; first: number; tau: number } {
  const norm = Math.sqrt(squares);
  const beta = head > 0 ? -norm : norm;
  const first = head - beta;
  const length = squares - head * head + first * first;
  return { beta, first, tau: norm === 0 ? 0 : 2 / length };
}
