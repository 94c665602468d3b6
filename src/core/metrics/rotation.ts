/**
 * The best rotation of one set of activity onto another (orthogonal Procrustes problem).
 *
 *   max over orthogonal Q of ⟨A, B Q⟩ = ‖Aᵀ B‖*  (sum of the singular values),  Q = V Uᵀ of Aᵀ B = U Σ Vᵀ
 *
 * A, B: samples × dimensions; the smaller one counts as padded with silent ones.
 * Source: Schönemann 1966, Psychometrika 31:1.
 */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { innerProduct, times, transpose } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { svd } from '../math/linear/svd.ts';

/** ⟨A, B Q⟩ with the best Q. */
export function largestOverlap(a: Matrix, b: Matrix, linear: LinearAlgebra): number {
  return sumOfSingularValues(linear.transposeTimes(a, b), linear);
}

export function sumOfSingularValues(a: Matrix, linear: LinearAlgebra): number {
  return linear.singularValues(a).reduce((sum, s) => sum + s, 0);
}

/**
 * Fits Q; returns ⟨A, B Q⟩ of other samples. Directions about which the fitted samples say nothing take no part; the
 * published code leaves them to chance (to its linear algebra library).
 */
export function fitRotation(a: Matrix, b: Matrix, linear: LinearAlgebra): (a: Matrix, b: Matrix) => number {
  const { left, right } = svd(linear.transposeTimes(a, b));
  const [turnA, turnB] = [transpose(left), transpose(right)];
  return (otherA, otherB) => innerProduct(times(otherA, turnA), times(otherB, turnB));
}
