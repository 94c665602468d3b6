/** Activity along its leading principal components, per condition: in a plane, over time, and how much each holds. */
import { activityMatrix, samplesByNeurons } from '../../analysis/activityMatrix.ts';
import { isRecording } from '../../data/dataset.ts';
import { matrixOf, type Matrix } from '../../math/linear/matrix.ts';
import { principalComponents, project } from '../../math/linear/principalComponents.ts';
import type { Tensor } from '../../math/tensor.ts';
import { participationRatio } from '../../metrics/participationRatio.ts';
import { requireFinite, requireVariation } from '../../metrics/requirements.ts';
import { conditionGroups, plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView, type ViewInput } from './networkView.ts';
import { chosenConditions, timeAxis, timesOf } from './trialTime.ts';

export const pcaTrajectories: NetworkView = {
  kind: 'network',
  id: 'pcaTrajectories',
  label: 'PCA trajectories',
  summary: 'Activity of the network, and of the recording, along its leading principal components.',
  options: ['components', 'conditions'],
  updates: chosenOnly,
  describe(input) {
    const { task, dataset, snapshots } = input;
    const network = reduce(
      'network',
      nameOf(snapshots[0]),
      activityMatrix(snapshots[0].forward().rates, task.analysis),
      input,
    );
    if (!isRecording(dataset)) return [...trajectories(network, input), sharesFigure([network])];
    const recording = reduce('recording', dataset.name, samplesByNeurons(dataset.activity), input);
    return [network, recording].flatMap((one) => trajectories(one, input)).concat(sharesFigure([network, recording]));
  },
};

type Reduced = {
  readonly id: 'network' | 'recording';
  readonly name: string;
  /** samples × components */
  readonly scores: Matrix;
  /** of the variance, of all components */
  readonly shares: readonly number[];
  readonly participationRatio: number;
};

/** x: samples × units. */
function reduce(id: Reduced['id'], name: string, x: Tensor, { options }: Pick<ViewInput, 'options'>): Reduced {
  requireFinite(x, 'principal components');
  const raw = matrixOf(x);
  requireVariation(raw, 'principal components');
  const components = principalComponents(raw);
  const whole = components.variances.reduce((sum, v) => sum + v, 0);
  return {
    id,
    name,
    scores: project(raw, components, Math.max(2, options.components)),
    shares: Array.from(components.variances, (v) => v / whole),
    participationRatio: participationRatio.measure(x),
  };
}

function trajectories(reduced: Reduced, input: ViewInput): Figure[] {
  const { scores } = reduced;
  const overTime = Math.min(input.options.components, scores.cols);
  const plane = scores.cols > 1 ? [planeFigure(reduced, input)] : [];
  return [...plane, ...Array.from({ length: overTime }, (_, k) => timeFigure(reduced, k, input))];
}

function planeFigure({ id, name, scores, shares, participationRatio: pr }: Reduced, input: ViewInput): Figure {
  const { conditions } = input.dataset;
  const { places, notes } = chosenConditions(input);
  const steps = scores.rows / conditions.length;
  const score = (c: number, t: number, k: number): number => scores.data[(c * steps + t) * scores.cols + k];
  return {
    id: `pcaPlane-${id}`,
    title: `Principal components of the ${id}: ${name}`,
    x: { label: labelOf(0, shares), scale: 'linear', min: null, max: null },
    y: { label: labelOf(1, shares), scale: 'linear', min: null, max: null },
    aspect: 'equal',
    ...conditionGroups(places.map((c) => conditions[c])),
    lines: places.flatMap((c) => {
      const { label } = conditions[c];
      const x = Array.from({ length: steps }, (_, t) => score(c, t, 0));
      return [
        plainLine(label, label, x, (t) => score(c, t, 1)),
        { ...plainLine(`${label}, start`, label, [x[0]], () => score(c, 0, 1)), drawn: 'dots' as const },
      ];
    }),
    bands: [],
    references: [],
    notes: [
      `Dots: first step of the recording. Participation ratio: ${pr.toFixed(2)} dimensions. Signs of components are arbitrary.`,
      ...notes,
    ],
  };
}

function timeFigure({ id, name, scores, shares }: Reduced, k: number, input: ViewInput): Figure {
  const { conditions } = input.dataset;
  const { places, notes } = chosenConditions(input);
  const { start, stop } = input.task.analysis;
  const times = timesOf(input, start, stop);
  return {
    id: `pcaTime-${id}-${k + 1}`,
    title: `PC ${k + 1} of the ${id}: ${name}`,
    x: timeAxis(input, times),
    y: { label: labelOf(k, shares), scale: 'linear', min: null, max: null },
    ...conditionGroups(places.map((c) => conditions[c])),
    lines: places.map((c) =>
      plainLine(
        conditions[c].label,
        conditions[c].label,
        times,
        (t) => scores.data[(c * times.length + t) * scores.cols + k],
      ),
    ),
    bands: [],
    references: [],
    notes: ['Components of the steps that are compared with the recording.', ...notes],
  };
}

const mostShares = 20;

function sharesFigure(reduced: readonly Reduced[]): Figure {
  return {
    id: 'pcaVariance',
    title: 'Variance explained by principal components',
    x: { label: 'Components', scale: 'linear', whole: true, min: 1, max: null },
    y: { label: 'Share of the variance', scale: 'linear', min: 0, max: 1 },
    groups: reduced.map(({ id }) => ({ id, label: id, color: id === 'network' ? 0 : 6 })),
    palette: 'distinct',
    lines: reduced.map(({ id, name, shares }) => {
      let sum = 0;
      const added = shares.slice(0, mostShares).map((share) => (sum += share));
      return {
        ...plainLine(
          name,
          id,
          added.map((_, k) => k + 1),
          (k) => added[k],
        ),
        drawn: 'path' as const,
      };
    }),
    bands: [],
    references: [],
    notes: reduced.map(
      ({ id, name, participationRatio: pr }) => `${id} (${name}): participation ratio ${pr.toFixed(2)}.`,
    ),
  };
}

function labelOf(k: number, shares: readonly number[]): string {
  return `PC ${k + 1} (${(100 * shares[k]).toFixed(0)} % of the variance)`;
}
