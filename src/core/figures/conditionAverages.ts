/** Recorded activity of single neurons over time (PSTHs), lines of one colour for conditions that are alike. */
import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { everyCondition, linesOf, shownConditions } from './conditionColours.ts';
import type { ConditionChoice } from './conditionColours.ts';
import { timeOf } from './recording/recordingTime.ts';
import type { Figure } from './figure.ts';

type Recording = Pick<Dataset, 'activity' | 'timeMs' | 'alignment' | 'conditions' | 'simulated' | 'neuronNames'>;

/** One figure per neuron; neurons count from 0. Throws LabError `figure.neuron`, `figure.conditions`. */
export function tracesOf(
  dataset: Recording,
  neurons: readonly number[],
  choice: ConditionChoice = everyCondition,
): Figure[] {
  return neurons.map((neuron) => tracesOfNeuron(dataset, neuron, choice));
}

/** "Neuron 5", or with a name of its own "m12 (neuron 5)" */
export function neuronTitle(neuron: number, names: readonly string[] | undefined): string {
  const name = names?.[neuron].trim() ?? '';
  return name === '' || name === String(neuron) ? `Neuron ${neuron}` : `${name} (neuron ${neuron})`;
}

function tracesOfNeuron(dataset: Recording, neuron: number, choice: ConditionChoice): Figure {
  const { activity, conditions, simulated, neuronNames } = dataset;
  const [neurons, steps, count] = activity.shape;
  if (!(Number.isInteger(neuron) && 0 <= neuron && neuron < neurons)) {
    throw new LabError(
      'figure.neuron',
      `Drawing neuron ${neuron}: the recording has ${neurons} neurons, counted from 0 to ${neurons - 1}.`,
    );
  }
  const shown = shownConditions(conditions, choice);
  const { x, axis } = timeOf(dataset);
  const rates = conditions.map((_, c) => x.map((_, t) => activity.data[(neuron * steps + t) * count + c]));
  return {
    id: `conditionAverages-${neuron}`,
    title: neuronTitle(neuron, neuronNames),
    x: axis,
    y: { label: 'Firing rate', scale: 'linear', min: null, max: null },
    groups: shown.groups,
    palette: shown.palette,
    lines: linesOf(shown, x, rates),
    bands: [],
    references: [],
    notes: [
      `Average over trials of each of ${count} conditions${simulated ? '; simulated, not recorded' : ''}.`,
      ...shown.notes,
    ],
  };
}
