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
import { frobeniusNorm, zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { defaultsOf } from '../tasks/settings.ts';
import type { TaskSettings } from '../tasks/settings.ts';
import { activitySpace, reductionSettings } from './activitySpace.ts';
import type { SpaceSettings } from './activitySpace.ts';
import { ofBoth } from './metric.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireSameSamples, requireVariation } from './requirements.ts';
import { shareOfRightAngle } from './rightAngle.ts';
import { fitRotation, largestOverlap, sumOfSingularValues } from './rotation.ts';
import { columnSquares, rowsAndColumns } from './unitProducts.ts';

const label = 'Procrustes distance';

const settings = {
  alpha: {
    kind: 'number',
    label: 'Alpha',
    hint: '1: rotations only; 0: all directions count alike, as in CCA; between: partly whitened.',
    least: 0,
    most: 1,
    default: 1,
  },
  ...reductionSettings,
} as const satisfies TaskSettings;

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
  ignores: ofBoth(['rotation', 'scaling', 'shift', 'permutation']),
  symmetric: true,
  triangle: true,
  matched: true,
  identity: 0,
  preprocessing:
    "Each unit's mean is taken off; if asked for, each set is reduced to principal components and partly whitened (alpha below 1).",
  limits:
    'Directions of much variance decide; it sees the shape of the activity and not how one state leads to the next. With alpha 0 it ignores linear maps too, and noise in weak directions counts as much as signal.',
  settings,
  defaults: defaultsOf(settings),
  compare(x, y, settings = procrustes.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const { fitted: a } = activitySpace(x, settings, label, linear);
    const { fitted: b } = activitySpace(y, settings, label, linear);
    return angle(largestOverlap(a, b, linear), a, b);
  },
  fit(x, y, settings = procrustes.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const spaceX = activitySpace(x, settings, label, linear);
    const spaceY = activitySpace(y, settings, label, linear);
    const overlap = fitRotation(spaceX.fitted, spaceY.fitted, linear);
    return {
      score(xOther, yOther) {
        requireSameSamples(xOther, yOther, label);
        const [a, b] = [spaceX.place(xOther), spaceY.place(yOther)];
        return angle(overlap(a, b), a, b);
      },
    };
  },
  onUnits(x, y, settings, linear = portableLinearAlgebra) {
    if (settings.alpha !== 1 || settings.reduce !== 'none') return null;
    requireSameSamples(x, y, label);
    const [a, b] = [x, y].map((t) => activitySpace(t, settings, label, linear).fitted);
    const products = linear.transposeTimes(a, b);
    const [ofA, ofB] = [columnSquares(a), columnSquares(b)];
    const square = (of: Float64Array, units: readonly number[]): number => {
      const sum = units.reduce((s, unit) => s + of[unit], 0);
      if (sum === 0) requireVariation(zeroMatrix(a.rows, units.length), label);
      return sum;
    };
    return (unitsA, unitsB) => {
      const overlap = sumOfSingularValues(rowsAndColumns(products, unitsA, unitsB), linear);
      return shareOfRightAngle(overlap / Math.sqrt(square(ofA, unitsA) * square(ofB, unitsB)));
    };
  },
};

function angle(overlap: number, a: Matrix, b: Matrix): number {
  return shareOfRightAngle(overlap / (frobeniusNorm(a) * frobeniusNorm(b)));
}
