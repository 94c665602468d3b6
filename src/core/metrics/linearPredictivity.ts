/**
 * How well each neuron of y is predicted by a linear map of x on conditions that the map was not fitted to.
 *
 *   ŷ      = x B + c              ridge regression, see ridge.ts; fitted without the conditions of one fold, for each fold
 *   score  = R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²   of each neuron, over the samples of all folds,  or the correlation of y, ŷ
 *   value  = 1 − median over neurons of score
 *
 * Each neuron's penalty is the one of the grid that predicts it best inside the fitted conditions: one of their folds is
 * left out in turn. Condition c belongs to fold c mod folds. Neurons that never change have no score and take no part.
 *
 * Source: Yamins et al. 2014, PNAS 111:8619; Schrimpf et al. 2020, Neuron 108:413.
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { defaultsOf } from '../tasks/settings.ts';
import type { SettingValues, TaskSettings } from '../tasks/settings.ts';
import { samplesOf } from './conditions.ts';
import type { ComparisonMetric } from './metric.ts';
import { foldsOf, stacked } from './predictionFolds.ts';
import { medianScore } from './predictionScore.ts';
import { requireFinite, requireSameSamples } from './requirements.ts';
import { fitWithout, penaltiesFor, penaltiesForEach } from './ridgePenalty.ts';

const label = '1 − linear predictivity';

const settings = {
  score: {
    kind: 'choice',
    label: 'Score of a neuron',
    hint: 'R² counts wrong size and offset as errors; the correlation forgives them.',
    options: [
      { id: 'R2', label: 'R²' },
      { id: 'correlation', label: 'correlation' },
    ],
    default: 'R2',
  },
  folds: {
    kind: 'number',
    label: 'Folds',
    hint: 'Into how many parts the conditions are divided, each predicted from the others; at most one per condition.',
    whole: true,
    least: 3,
    most: 1000,
    default: 5,
  },
} as const satisfies TaskSettings;

type Settings = SettingValues<typeof settings>;

export const linearPredictivity: ComparisonMetric<Settings> = {
  kind: 'comparison',
  id: 'linearPredictivity',
  label,
  unit: '',
  range: [0, Infinity],
  better: 'lower',
  meaning:
    'How much of a typical neuron of the second set (the recording) cannot be predicted linearly from the first (the network) in conditions that were held out: 0 is all predicted, 1 no better than the mean. Ignores offset and scale of both, rotation of the first, order of units.',
  source: 'Yamins et al. 2014, PNAS 111:8619; Schrimpf et al. 2020, Neuron 108:413',
  ignores: {
    x: ['rotation', 'scaling', 'shift', 'permutation'],
    y: ['scaling', 'shift', 'permutation'],
  },
  symmetric: false,
  triangle: false,
  matched: true,
  identity: 0,
  preprocessing:
    'Each unit is centred by the mean of the conditions fitted; the ridge penalty of each neuron is chosen inside them, from 10⁻⁶ to 1 times the total variance of the first set, in steps of ten.',
  limits:
    'It goes one way: a network with many directions can predict neurons that do nothing of what it does. With few conditions even the right model fails on those held out. Not divided by a noise ceiling.',
  settings,
  defaults: defaultsOf(settings),
  compare(x, y, settings = linearPredictivity.defaults, linear = portableLinearAlgebra) {
    const folds = foldsOf(x, y, settings.folds, 3, label);
    const penalties = penaltiesForEach(folds, linear);
    const predicted = folds.map((fold, i) => {
      const ridge = fitWithout(folds, [i], linear);
      return ridge.predict(ridge.place(fold.x), penalties[i]);
    });
    return 1 - medianScore(stacked(folds.map((fold) => fold.y)), stacked(predicted), settings.score, label);
  },
  fit(x, y, settings = linearPredictivity.defaults, linear = portableLinearAlgebra) {
    const folds = foldsOf(x, y, settings.folds, 2, label);
    const penalties = penaltiesFor(folds, linear);
    const ridge = fitWithout(folds, [], linear);
    return {
      score(xOther, yOther) {
        requireSameSamples(xOther, yOther, label);
        for (const t of [xOther, yOther]) requireFinite(t, label);
        const predicted = ridge.predict(ridge.place(samplesOf(xOther)), penalties);
        return 1 - medianScore(samplesOf(yOther), predicted, settings.score, label);
      },
    };
  },
};
