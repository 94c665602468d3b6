/**
 * Ridge regression of many targets on the same predictors, for any penalty at once.
 *
 *   min over B, c of ‖Y − X B − c‖² + λ ‖B‖²,   Xᵀ X = Vᵀ diag(λᵢ) V,   B = Vᵀ diag(1 / (λᵢ + λ)) V Xᵀ Y
 *
 * X: samples × predictors, Y: samples × targets, both centred by the means of the samples fitted. λ is given as a share of
 * the total variance Σ λᵢ, so that neither the scale of X nor silent units matter.
 *
 * Source: Hoerl & Kennard 1970, Technometrics 12:55.
 */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { transpose } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { centerColumns, columnMeans } from '../math/linear/principalComponents.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';

export type Ridge = {
  /** other samples in the basis in which the penalty is diagonal; predict takes them */
  place(x: Matrix): Matrix;
  /** samples × targets; penalties: a share for each target */
  predict(placed: Matrix, penalties: ArrayLike<number>): Matrix;
};

export function fitRidge(x: Matrix, y: Matrix, linear: LinearAlgebra): Ridge {
  const [meansX, meansY] = [columnMeans(x), columnMeans(y)];
  const [a, b] = [centerColumns(x, meansX), centerColumns(y, meansY)];
  const { values, vectors } = symmetricEigen(linear.transposeTimes(a, a));
  const variances = values.map((v) => Math.max(0, v));
  const total = variances.reduce((sum, v) => sum + v, 0);
  const basis = transpose(vectors); // predictors × directions
  const overlaps = linear.transposeTimes(basis, linear.transposeTimes(a, b)); // V Xᵀ Y
  return {
    place: (other) => linear.transposeTimes(transpose(centerColumns(other, meansX)), basis),
    predict(placed, penalties) {
      const targets = y.cols;
      const weights = overlaps.data.map((v, k) => {
        const divisor = variances[Math.floor(k / targets)] + penalties[k % targets] * total;
        return divisor > 0 ? v / divisor : 0;
      });
      const centered = linear.transposeTimes(transpose(placed), { ...overlaps, data: weights });
      return { ...centered, data: centered.data.map((v, k) => v + meansY[k % targets]) };
    },
  };
}
