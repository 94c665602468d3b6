/**
 * Dynamical similarity analysis: how unlike the ways are in which two sets of activity move on, whatever their geometry.
 *
 *   A, B   linear models of a step of each set, r × r, see delayDynamics.ts
 *   value = arccos( max over orthogonal C of ⟨A, C B Cᵀ⟩ / (‖A‖ ‖B‖) ) / (π/2),   or √ min ‖A − C B Cᵀ‖²
 *
 * C is searched for as in vectorFieldAlignment.ts. The pair is put in an order of its own first, so that the value is the
 * same both ways, to the last bit.
 *
 * Source: Ostrow, Eisen, Kozachkov & Fiete 2023, NeurIPS, "Beyond geometry: comparing the temporal structure of computation
 * in neural circuits with dynamical similarity analysis".
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { frobeniusNorm } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import type { Tensor } from '../math/tensor.ts';
import { defaultsOf } from '../tasks/settings.ts';
import type { SettingValues, TaskSettings } from '../tasks/settings.ts';
import { activitySpace, reductionSettings } from './activitySpace.ts';
import { requireConditions } from './conditions.ts';
import { fitDynamics, ofRank, requireSteps } from './delayDynamics.ts';
import type { Courses } from './delayDynamics.ts';
import { ofBoth } from './metric.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireSameSamples } from './requirements.ts';
import { shareOfRightAngle } from './rightAngle.ts';
import { alignVectorFields } from './vectorFieldAlignment.ts';

const label = 'Dynamical similarity (DSA)';

export const dynamicsSettings = {
  reduce: { ...reductionSettings.reduce, default: 'components' },
  components: { ...reductionSettings.components, default: 10 },
  variance: { ...reductionSettings.variance, default: 0.99 },
  delays: {
    kind: 'number',
    label: 'Delays',
    hint: 'How many steps, the present one included, make up a state. More reveal hidden variables and fit more noise.',
    unit: 'steps',
    whole: true,
    least: 1,
    most: 1000,
    default: 3,
  },
  rank: {
    kind: 'number',
    label: 'Rank',
    hint: 'How many directions of the delayed activity the linear model has; the same for both sets.',
    whole: true,
    least: 1,
    most: 100,
    default: 20,
  },
  ahead: {
    kind: 'number',
    label: 'Steps ahead',
    hint: 'How far the model looks ahead. With steps far shorter than the time constants all dynamics are nearly still, so nearly alike; look further ahead there.',
    unit: 'steps',
    whole: true,
    least: 1,
    most: 1000,
    default: 1,
  },
} as const satisfies TaskSettings;

const settings = {
  ...dynamicsSettings,
  score: {
    kind: 'choice',
    label: 'Distance',
    hint: 'The angle ignores how fast both change overall; the Euclidean distance does not.',
    options: [
      { id: 'angle', label: 'angle' },
      { id: 'euclidean', label: 'Euclidean' },
    ],
    default: 'angle',
  },
  starts: {
    kind: 'number',
    label: 'Starts',
    hint: 'Random starts of the search for the best change of basis, always the same ones.',
    whole: true,
    least: 0,
    most: 1000,
    default: 10,
  },
} as const satisfies TaskSettings;

export type DynamicsSettings = SettingValues<typeof dynamicsSettings>;
type Settings = SettingValues<typeof settings>;

export const dsa: ComparisonMetric<Settings> = {
  kind: 'comparison',
  id: 'dsa',
  label,
  unit: '',
  range: [0, 2],
  better: 'lower',
  meaning:
    'How unlike the rules are by which two sets of activity move from step to step, seen as linear dynamics of delayed activity: 0 is the same dynamics in another basis. Ignores rotation, offset, overall scale, and which condition is which.',
  source: 'Ostrow et al. 2023, NeurIPS',
  ignores: ofBoth(['rotation', 'scaling', 'shift', 'permutation']),
  symmetric: true,
  triangle: true,
  matched: false,
  identity: 0,
  preprocessing:
    "Each unit's mean is taken off, each set reduced to 10 principal components, joined with its 2 previous steps, reduced to 20 directions of unit length, and fitted by linear dynamics of one step.",
  limits:
    'Only as good as the linear models: look at their prediction error over delays and ranks first. With short steps all slow activity is nearly still and so nearly alike: look several steps ahead. Input that differs between conditions counts as dynamics. The search may end in another maximum, so a value is an upper bound.',
  settings,
  defaults: defaultsOf(settings),
  compare(x, y, settings = dsa.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const [a, b] = inOrder(stepModels(x, y, settings, linear));
    const overlap = alignVectorFields(a, b, settings.starts);
    const [sizeA, sizeB] = [frobeniusNorm(a), frobeniusNorm(b)];
    if (settings.score === 'angle') return shareOfRightAngle(overlap / (sizeA * sizeB));
    return Math.sqrt(Math.max(0, sizeA ** 2 + sizeB ** 2 - 2 * overlap));
  },
};

/** A and B, of the rank that both have. */
function stepModels(x: Tensor, y: Tensor, settings: DynamicsSettings, linear: LinearAlgebra): [Matrix, Matrix] {
  const courses = [x, y].map((t) => coursesOf(t, settings, label, linear));
  const models = courses.map((c) => fitDynamics(c, settings, linear));
  const rank = Math.min(...models.map(({ step }) => step.rows));
  const [a, b] = models.map((model, i) =>
    model.step.rows === rank ? model : ofRank(model, rank, courses[i], settings, linear),
  );
  return [a.step, b.step];
}

/** The activity as the models see it: centred, reduced if asked for. */
export function coursesOf(x: Tensor, settings: DynamicsSettings, metric: string, linear: LinearAlgebra): Courses {
  const { fitted } = activitySpace(x, { ...settings, alpha: 1 }, metric, linear);
  const { conditions, steps } = requireConditions(x, metric, { conditions: 1, steps: 2 });
  requireSteps(steps, conditions, settings, metric);
  return { samples: fitted, conditions };
}

/** By size, then by the first entry that differs. */
function inOrder([a, b]: [Matrix, Matrix]): [Matrix, Matrix] {
  const bySize = frobeniusNorm(a) - frobeniusNorm(b);
  const at = a.data.findIndex((v, i) => v !== b.data[i]);
  const swap = bySize !== 0 ? bySize > 0 : at >= 0 && a.data[at] > b.data[at];
  return swap ? [b, a] : [a, b];
}
