/** One minus the mean regularised canonical correlation, see canonicalCorrelation.ts. */
import { LabError } from '../errors.ts';
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { Tensor } from '../math/tensor.ts';
import { defaultsOf } from '../tasks/settings.ts';
import type { TaskSettings } from '../tasks/settings.ts';
import { reductionSettings } from './activitySpace.ts';
import { canonicalPairs } from './canonicalCorrelation.ts';
import type { CanonicalPairs, CorrelationSettings } from './canonicalCorrelation.ts';
import { samplesOf } from './conditions.ts';
import { ofBoth } from './metric.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireFinite, requireSameSamples, requireVariation } from './requirements.ts';

const label = '1 − CCA';

const settings = {
  keep: {
    kind: 'choice',
    label: 'Dimensions',
    hint: 'What bounds the number of correlations that are averaged.',
    options: [
      { id: 'components', label: 'a number of principal components' },
      { id: 'variance', label: 'principal components for a share of the variance' },
      { id: 'pairs', label: 'a number of correlations, in all dimensions' },
    ],
    default: 'components',
  },
  components: { ...reductionSettings.components, where: { name: 'keep', is: 'components' } },
  variance: { ...reductionSettings.variance, where: { name: 'keep', is: 'variance' } },
  pairs: {
    kind: 'number',
    label: 'Correlations',
    hint: 'The mean of so many, the largest first.',
    where: { name: 'keep', is: 'pairs' },
    whole: true,
    least: 1,
    most: 10_000,
    default: 10,
  },
  regularization: {
    kind: 'number',
    label: 'Regularisation',
    hint: 'Added to the diagonal of the sums of squares over samples, in squares of the activity.',
    least: 0,
    default: 1e-3,
  },
} as const satisfies TaskSettings;

export const cca: ComparisonMetric<CorrelationSettings> = {
  kind: 'comparison',
  id: 'cca',
  label,
  unit: '',
  range: [0, 1],
  better: 'lower',
  meaning:
    'How little the directions that two sets of activity have in common go together: 0 where all are perfectly correlated, 1 where none are. Ignores rotation and offset, and the size of a direction once it is among those kept.',
  source: 'Hotelling 1936, Biometrika 28:321; Raghu et al. 2017, NeurIPS; published pipeline (regularised)',
  ignores: ofBoth(['rotation', 'shift', 'permutation']),
  symmetric: true,
  triangle: false,
  matched: true,
  identity: 0,
  preprocessing:
    "Each unit's mean is taken off and each set reduced to its leading principal components (20), which are then whitened, with 0.001 added to their sums of squares.",
  limits:
    'A direction of little variance counts as much as the largest. The value depends on how many dimensions are kept: state it, and compare only values of the same number. With few samples it is too small.',
  settings,
  defaults: defaultsOf(settings),
  compare(x, y, settings = cca.defaults, linear = portableLinearAlgebra) {
    return oneMinusMean(fitPairs(x, y, settings, linear), x, y);
  },
  fit(x, y, settings = cca.defaults, linear = portableLinearAlgebra) {
    const pairs = fitPairs(x, y, settings, linear);
    return { score: (xOther, yOther) => oneMinusMean(pairs, xOther, yOther) };
  },
};

function fitPairs(x: Tensor, y: Tensor, settings: CorrelationSettings, linear: LinearAlgebra): CanonicalPairs {
  requireSameSamples(x, y, label);
  const [a, b] = [x, y].map((t) => {
    requireFinite(t, label);
    const samples = samplesOf(t);
    requireVariation(samples, label);
    return samples;
  });
  return canonicalPairs(a, b, settings, linear);
}

function oneMinusMean(pairs: CanonicalPairs, x: Tensor, y: Tensor): number {
  requireSameSamples(x, y, label);
  for (const t of [x, y]) requireFinite(t, label);
  const correlations = pairs.correlations(samplesOf(x), samplesOf(y));
  if (correlations.length === 0) {
    throw new LabError(
      'metric.constant',
      `Measuring ${label}: expected activity that varies along the fitted directions, found none that does. Check the units and conditions chosen.`,
    );
  }
  return 1 - correlations.reduce((sum, r) => sum + r, 0) / correlations.length;
}
