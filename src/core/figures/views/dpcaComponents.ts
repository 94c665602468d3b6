/** Demixed principal components over time, one line per condition, and how much of the variance each explains. */
import { activityMatrix, samplesByNeurons } from '../../analysis/activityMatrix.ts';
import { demixedComponents } from '../../analysis/demixedComponents.ts';
import type { DemixedComponents, Marginalisation } from '../../analysis/demixedComponents.ts';
import { isRecording } from '../../data/dataset.ts';
import { conditionGroups, plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView, type ViewInput } from './networkView.ts';
import { chosenConditions, timeAxis, timesOf } from './trialTime.ts';

/** so many of each kind are found; those shown over time are a matter of the options */
const found = 10;

const kindLabels: Record<Marginalisation, string> = {
  time: 'Time',
  condition: 'Condition',
  interaction: 'Time × condition',
};

export const dpcaComponents: NetworkView = {
  kind: 'network',
  id: 'dpcaComponents',
  label: 'Demixed PCA',
  summary: 'Components of time alone, of the condition alone, and of both together, of the network and the recording.',
  options: ['components', 'conditions'],
  updates: chosenOnly,
  describe(input) {
    const { task, dataset, snapshots } = input;
    const conditions = dataset.conditions.length;
    const of = { id: 'network', name: nameOf(snapshots[0]) };
    const network = demixedComponents(activityMatrix(snapshots[0].forward().rates, task.analysis), conditions, found);
    const figures = [...components(of, network, input), variance(of, network)];
    if (!isRecording(dataset)) return figures;
    const recorded = { id: 'recording', name: dataset.name };
    const recording = demixedComponents(samplesByNeurons(dataset.activity), conditions, found);
    return [...figures, ...components(recorded, recording, input), variance(recorded, recording)];
  },
};

type Subject = { readonly id: string; readonly name: string };

function components(of: Subject, kinds: readonly DemixedComponents[], input: ViewInput): Figure[] {
  return kinds.flatMap((kind) =>
    Array.from({ length: Math.min(kind.encoder.rows, input.options.components) }, (_, k) =>
      timeFigure(of, kind, k, input),
    ),
  );
}

function timeFigure({ id, name }: Subject, kind: DemixedComponents, k: number, input: ViewInput): Figure {
  const { conditions } = input.dataset;
  const { places, notes } = chosenConditions(input);
  const times = timesOf(input, input.task.analysis.start, input.task.analysis.stop);
  const { cols, data } = kind.components;
  return {
    id: `dpca-${id}-${kind.marginalisation}-${k + 1}`,
    title: `${kindLabels[kind.marginalisation]} component ${k + 1} of the ${id}: ${name}`,
    x: timeAxis(input, times),
    y: { label: `Component (${percent(kind.explained[k])} of the variance)`, scale: 'linear', min: null, max: null },
    ...conditionGroups(places.map((c) => conditions[c])),
    lines: places.map((c) =>
      plainLine(conditions[c].label, conditions[c].label, times, (t) => data[k * cols + c * times.length + t]),
    ),
    bands: [],
    references: [],
    notes: ['What the decoder reads out of the activity. Signs of components are arbitrary.', ...notes],
  };
}

function variance({ id, name }: Subject, kinds: readonly DemixedComponents[]): Figure {
  return {
    id: `dpcaVariance-${id}`,
    title: `Variance explained by demixed components of the ${id}: ${name}`,
    x: { label: 'Component', scale: 'linear', whole: true, min: 1, max: null },
    y: { label: 'Share of the variance', scale: 'linear', min: 0, max: null },
    groups: kinds.map(({ marginalisation }, color) => ({
      id: marginalisation,
      label: kindLabels[marginalisation],
      color,
    })),
    palette: 'distinct',
    lines: kinds.map(({ marginalisation, explained }) => ({
      ...plainLine(
        kindLabels[marginalisation],
        marginalisation,
        Array.from(explained, (_, k) => k + 1),
        (k) => explained[k],
      ),
      drawn: 'path',
    })),
    bands: [],
    references: [],
    notes: [
      'Each component by itself, put back by its encoder: 1 − ‖X − z f‖² / ‖X‖². No regularisation, no cross-validation.',
      `Of the variance, the averages hold: ${kinds.map(({ marginalisation, share }) => `${kindLabels[marginalisation].toLowerCase()} ${percent(share)}`).join(', ')}.`,
    ],
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
