/**
 * Partial whitening: evens out the variances of the principal directions, by as much as alpha asks.
 *
 *   XᵀX = Vᵀ diag(λ) V,   Z = Vᵀ diag(alpha + (1 − alpha) / √λ) V
 *
 * X Z is X for alpha = 1, and white (all directions alike) for alpha = 0. Eigenvalues are lifted to 1e-7 at least, so
 * that empty directions stay finite. The published factor that keeps the total variance drops out of every angle.
 *
 * Source: Williams et al. 2021, NeurIPS, eq. 8.
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { times, transpose } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';

const smallestEigenvalue = 1e-7;

/** x: samples × units, centred. Returns Z, units × units, or null where it is the identity (alpha = 1). */
export function partialWhitening(
  x: Matrix,
  alpha: number,
  linear: LinearAlgebra = portableLinearAlgebra,
): Matrix | null {
  if (alpha === 1) return null;
  const { values, vectors } = symmetricEigen(linear.transposeTimes(x, x));
  const n = x.cols;
  const scaled = vectors.data.map((v, k) => {
    const eigenvalue = Math.max(values[Math.floor(k / n)], smallestEigenvalue);
    return v * (alpha + (1 - alpha) / Math.sqrt(eigenvalue));
  });
  return times(transpose(vectors), { rows: n, cols: n, data: scaled });
}
