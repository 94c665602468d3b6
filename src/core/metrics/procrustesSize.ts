/**
 * Euclidean distance between two sets of activity after the best rotation: shape and size.
 *
 *   value = min over rotations Q of ‖X − Y Q‖ = √( ‖X‖² + ‖Y‖² − 2 max ⟨X, Y Q⟩ )
 *
 * X, Y: samples × units, each unit's mean taken off; ‖·‖ the Frobenius norm, over all samples.
 *
 * Source: Williams et al. 2021, NeurIPS; Schönemann 1966, Psychometrika 31:1.
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { frobeniusNorm } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { defaultsOf } from '../tasks/settings.ts';
import { activitySpace, reductionSettings } from './activitySpace.ts';
import type { ReductionSettings } from './activitySpace.ts';
import { ofBoth } from './metric.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireSameSamples } from './requirements.ts';
import { fitRotation, largestOverlap } from './rotation.ts';

const label = 'Procrustes distance with size';

export const procrustesSize: ComparisonMetric<ReductionSettings> = {
  kind: 'comparison',
  id: 'procrustesSize',
  label,
  unit: '',
  range: [0, Infinity],
  better: 'lower',
  meaning:
    'What is left between two sets of activity after the best rotation: 0 is a rotated copy of the same size. Ignores rotation and offset, but not scale.',
  source: 'Williams et al. 2021, NeurIPS; Schönemann 1966, Psychometrika 31:1',
  ignores: ofBoth(['rotation', 'shift', 'permutation']),
  symmetric: true,
  triangle: true,
  matched: true,
  identity: 0,
  preprocessing: "Each unit's mean is taken off; if asked for, each set is reduced to principal components.",
  limits:
    'Meant for sets in the same unit, two networks for instance: rates of a network and of neurons differ in scale, which then decides. Grows with the number of samples and units.',
  settings: reductionSettings,
  defaults: defaultsOf(reductionSettings),
  compare(x, y, settings = procrustesSize.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const { fitted: a } = activitySpace(x, { ...settings, alpha: 1 }, label, linear);
    const { fitted: b } = activitySpace(y, { ...settings, alpha: 1 }, label, linear);
    return residue(largestOverlap(a, b, linear), a, b);
  },
  fit(x, y, settings = procrustesSize.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const spaceX = activitySpace(x, { ...settings, alpha: 1 }, label, linear);
    const spaceY = activitySpace(y, { ...settings, alpha: 1 }, label, linear);
    const overlap = fitRotation(spaceX.fitted, spaceY.fitted, linear);
    return {
      score(xOther, yOther) {
        requireSameSamples(xOther, yOther, label);
        const [a, b] = [spaceX.place(xOther), spaceY.place(yOther)];
        return residue(overlap(a, b), a, b);
      },
    };
  },
};

function residue(overlap: number, a: Matrix, b: Matrix): number {
  return Math.sqrt(Math.max(0, frobeniusNorm(a) ** 2 + frobeniusNorm(b) ** 2 - 2 * overlap));
}
