/** Recorded activity of single neurons over time, one line per condition. */
import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { conditionGroups, plainLine } from './conditionLines.ts';
import type { Figure } from './figure.ts';

type Recording = Pick<Dataset, 'activity' | 'timeMs' | 'alignment' | 'conditions' | 'simulated'>;

/** One figure per neuron; neurons count from 0. */
export function tracesOf(dataset: Recording, neurons: readonly number[]): Figure[] {
  return neurons.map((neuron) => tracesOfNeuron(dataset, neuron));
}

function tracesOfNeuron({ activity, timeMs, alignment, conditions, simulated }: Recording, neuron: number): Figure {
  const [neurons, steps, count] = activity.shape;
  if (!(Number.isInteger(neuron) && 0 <= neuron && neuron < neurons)) {
    throw new LabError(
      'figure.neuron',
      `Drawing neuron ${neuron}: the recording has ${neurons} neurons, counted from 0 to ${neurons - 1}.`,
    );
  }
  const x = Array.from(timeMs);
  return {
    id: `conditionAverages-${neuron}`,
    title: `Neuron ${neuron}`,
    x: { label: `Time from ${alignment} (ms)`, scale: 'linear', min: x[0], max: x[steps - 1] },
    y: { label: 'Firing rate', scale: 'linear', min: null, max: null },
    ...conditionGroups(conditions),
    lines: conditions.map(({ label }, c) =>
      plainLine(label, label, x, (t) => activity.data[(neuron * steps + t) * count + c]),
    ),
    bands: [],
    references: [],
    notes: [`Average over trials of each of ${count} conditions${simulated ? '; simulated, not recorded' : ''}.`],
  };
}
