/**
 * Linear centred kernel alignment (CKA): how alike the two sets' similarities between samples are.
 *
 *   CKA = ⟨X Xᵀ, Y Yᵀ⟩ / (‖X Xᵀ‖ ‖Y Yᵀ‖) = ‖Xᵀ Y‖² / (‖Xᵀ X‖ ‖Yᵀ Y‖)
 *
 * X, Y: samples × units, each unit's mean over the samples taken off. 1: the same up to rotation and scale, 0: nothing in
 * common. Two metrics are made of it: one minus it, and the angle whose cosine it is.
 *
 * Source: Kornblith et al. 2019, ICML; Cortes, Mohri & Rostamizadeh 2012, J. Mach. Learn. Res. 13:795.
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { frobeniusNorm } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { centerColumns } from '../math/linear/principalComponents.ts';
import { defaultsOf } from '../tasks/settings.ts';
import { activitySpace, reductionSettings } from './activitySpace.ts';
import type { ReductionSettings } from './activitySpace.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireSameSamples, requireVariation } from './requirements.ts';

/** A metric that is a function of the alignment. What is learned are principal components, if asked for. */
export function alignmentMetric(
  card: Omit<ComparisonMetric<ReductionSettings>, 'kind' | 'settings' | 'defaults' | 'compare' | 'fit'>,
  value: (alignment: number) => number,
): ComparisonMetric<ReductionSettings> {
  const { label } = card;
  const defaults = defaultsOf(reductionSettings);
  return {
    ...card,
    kind: 'comparison',
    settings: reductionSettings,
    defaults,
    compare(x, y, settings = defaults, linear = portableLinearAlgebra) {
      requireSameSamples(x, y, label);
      const [a, b] = [x, y].map((m) => activitySpace(m, { ...settings, alpha: 1 }, label, linear).fitted) as Pair;
      return value(alignment(a, b, linear));
    },
    fit(x, y, settings = defaults, linear = portableLinearAlgebra) {
      requireSameSamples(x, y, label);
      const [ofX, ofY] = [x, y].map((m) => activitySpace(m, { ...settings, alpha: 1 }, label, linear));
      return {
        score(xOther, yOther) {
          requireSameSamples(xOther, yOther, label);
          const [a, b] = [ofX.place(xOther), ofY.place(yOther)].map((m) => {
            requireVariation(m, label);
            return centerColumns(m); // similarities are centred over the samples scored
          }) as Pair;
          return value(alignment(a, b, linear));
        },
      };
    },
  };
}

type Pair = [Matrix, Matrix];

function alignment(a: Matrix, b: Matrix, linear: LinearAlgebra): number {
  const within = [a, b].map((m) => frobeniusNorm(linear.transposeTimes(m, m)));
  return Math.min(1, frobeniusNorm(linear.transposeTimes(a, b)) ** 2 / (within[0] * within[1]));
}
