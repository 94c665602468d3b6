/**
 * Angle between two sets of activity after the best rotation, as a share of a right angle.
 *
 *   X, Y    samples × units, each unit's mean taken off, partially whitened (see partialWhitening.ts)
 *   θ     = arccos( max over rotations Q of ⟨X, Y Q⟩ / (‖X‖ ‖Y‖) ) = arccos( ‖Xᵀ Y‖* / (‖X‖ ‖Y‖) )
 *   value = θ / (π/2)
 *
 * ‖·‖* is the sum of the singular values, ‖·‖ the Frobenius norm. The smaller set counts as padded with silent units,
 * which changes neither. θ obeys the triangle inequality.
 *
 * Source: Williams et al. 2021, NeurIPS, "Generalized shape metrics on neural representations".
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { frobeniusNorm, innerProduct, times, transpose, transposeTimes } from '../math/linear/matrix.ts';
import { svd } from '../math/linear/svd.ts';
import type { Tensor } from '../math/tensor.ts';
import { activitySpace } from './activitySpace.ts';
import type { SpaceSettings } from './activitySpace.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireSameSamples } from './requirements.ts';

const label = 'Procrustes distance';

export const procrustes: ComparisonMetric<SpaceSettings> = {
  kind: 'comparison',
  id: 'procrustes',
  label,
  unit: '',
  range: [0, 1],
  better: 'lower',
  meaning:
    'How far two sets of activity are from being rotated copies of each other: 0 is a rotated copy, 1 a right angle. Ignores rotation, offset and overall scale.',
  source: 'Williams et al. 2021, NeurIPS',
  defaults: { alpha: 1, reduction: null },
  compare(x, y, settings = procrustes.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const { fitted: a } = activitySpace(x, settings, label);
    const { fitted: b } = activitySpace(y, settings, label);
    const values = linear.singularValues(linear.transposeTimes(a, b));
    const nuclearNorm = values.reduce((sum, s) => sum + s, 0);
    return shareOfRightAngle(nuclearNorm / (frobeniusNorm(a) * frobeniusNorm(b)));
  },
};

/** A rotation found on some samples, to be judged on others. */
export type Alignment = {
  /** distance under the fitted means, whitening and rotation; can exceed 1 where they do not fit */
  score(x: Tensor, y: Tensor): number;
};

/**
 * Fits on x and y (samples × units). Directions about which these say nothing take no part in the overlap; the
 * published code leaves them to chance (to its linear algebra library).
 */
export function alignProcrustes(x: Tensor, y: Tensor, settings: SpaceSettings = procrustes.defaults): Alignment {
  requireSameSamples(x, y, label);
  const spaceX = activitySpace(x, settings, label);
  const spaceY = activitySpace(y, settings, label);
  const { left, right } = svd(transposeTimes(spaceX.fitted, spaceY.fitted));
  const [turnX, turnY] = [transpose(left), transpose(right)];
  return {
    score(xOther, yOther) {
      requireSameSamples(xOther, yOther, label);
      const [a, b] = [spaceX.place(xOther), spaceY.place(yOther)];
      const overlap = innerProduct(times(a, turnX), times(b, turnY));
      return shareOfRightAngle(overlap / (frobeniusNorm(a) * frobeniusNorm(b)));
    },
  };
}

/** Rounding can carry a cosine just beyond 1. */
function shareOfRightAngle(cosine: number): number {
  return Math.acos(Math.max(-1, Math.min(1, cosine))) / (Math.PI / 2);
}
