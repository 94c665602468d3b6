/** What the network puts out and what it should, over a whole trial: one figure per output, one line per condition. */
import type { Tensor } from '../../math/tensor.ts';
import { conditionGroups, plainLine } from '../conditionLines.ts';
import type { Figure, Line } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView, type ViewInput } from './networkView.ts';
import { chosenConditions, timeAxis, timesOf } from './trialTime.ts';

export const taskOutputs: NetworkView = {
  kind: 'network',
  id: 'taskOutputs',
  label: 'Task outputs',
  summary: 'Outputs of the network with their targets, dashed where they count, for chosen conditions.',
  options: ['conditions'],
  updates: chosenOnly,
  describe(input) {
    const { readout } = input.snapshots[0].forward();
    return input.task.outputLabels.map((_, output) => figureOf(output, readout, input));
  },
};

/** readout: trials × steps × outputs */
function figureOf(output: number, readout: Tensor, input: ViewInput): Figure {
  const { task, dataset } = input;
  const [snapshot] = input.snapshots;
  const choices = task.loss === 'cross-entropy';
  const times = timesOf(input, 0, readout.shape[1]);
  const { places, notes } = chosenConditions(input);
  return {
    id: `taskOutputs-${output}`,
    title: `Output "${task.outputLabels[output]}": ${nameOf(snapshot)}`,
    x: timeAxis(input, times),
    y: { label: choices ? 'Probability' : 'Output', scale: 'linear', min: null, max: null },
    ...conditionGroups(places.map((c) => dataset.conditions[c])),
    lines: places.flatMap((c) => {
      const { label } = dataset.conditions[c];
      return [
        plainLine(label, label, times, (t) => outputAt(readout, c, t, output, choices)),
        targetLine(label, c, output, times, input),
      ].filter((line) => line.x.length > 0);
    }),
    bands: [],
    references: [],
    notes: [
      choices
        ? 'Lines: probability of this choice, the softmax of all outputs. Dashed: 1 where it is the right one, else 0, in the steps that count.'
        : 'Lines: outputs. Dashed: targets, in the steps that count.',
      'One trial per condition, without noise.',
      ...notes,
    ],
  };
}

function outputAt(readout: Tensor, trial: number, t: number, output: number, choices: boolean): number {
  const [, steps, outputs] = readout.shape;
  const at = (trial * steps + t) * outputs;
  if (!choices) return readout.data[at + output];
  const all = Array.from(readout.data.subarray(at, at + outputs));
  const largest = Math.max(...all);
  const sum = all.reduce((total, y) => total + Math.exp(y - largest), 0);
  return Math.exp(all[output] - largest) / sum;
}

/** Over the steps that count. */
function targetLine(label: string, trial: number, output: number, times: readonly number[], input: ViewInput): Line {
  const { target, mask, steps } = input.task.analysis.batch;
  const choices = input.task.loss === 'cross-entropy';
  const outputs = choices ? 1 : target.shape[2];
  const at = (t: number): number => (trial * steps + t) * outputs + (choices ? 0 : output);
  const counted = times.flatMap((_, t) => (mask.data[at(t)] === 0 ? [] : [t]));
  return {
    ...plainLine(
      `${label}, target`,
      label,
      counted.map((t) => times[t]),
      (k) => (choices ? Number(target.data[at(counted[k])] === output) : target.data[at(counted[k])]),
    ),
    dashed: true,
  };
}
