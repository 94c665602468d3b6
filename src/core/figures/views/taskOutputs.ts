/** What the network puts out and what it should, over a whole trial: one figure per output, one line per trial. */
import type { Condition } from '../../data/dataset.ts';
import { LabError } from '../../errors.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Batch } from '../../tasks/task.ts';
import { conditionGroups, plainLine } from '../conditionLines.ts';
import type { Axis, Figure, Line } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView, type ViewInput } from './networkView.ts';
import { chosenConditions, timeAxis, timesOf } from './trialTime.ts';

export const taskOutputs: NetworkView = {
  kind: 'network',
  id: 'taskOutputs',
  label: 'Task outputs',
  summary: 'Outputs of the network with their targets, dashed where they count, for chosen conditions or test trials.',
  options: ['conditions', 'testTrials'],
  updates: chosenOnly,
  describe(input) {
    const shown = shownTrials(input);
    const { readout } = input.snapshots[0].forward(shown.batch.input);
    return input.task.outputLabels.map((_, output) => figureOf(output, readout, shown, input));
  },
};

/** trials: places in the batch, each with what its line is called */
type Shown = {
  batch: Batch;
  trials: readonly { trial: number; condition: Condition }[];
  /** of each step */
  times: readonly number[];
  x: Axis;
  notes: readonly string[];
};

/** Throws LabError `view.condition`, `view.testTrial`. */
function shownTrials(input: ViewInput): Shown {
  const { task, dataset, options } = input;
  if (options.testTrials.length === 0) {
    const { places, notes } = chosenConditions(input);
    const times = timesOf(input, 0, task.analysis.batch.steps);
    return {
      times,
      x: timeAxis(input, times),
      batch: task.analysis.batch,
      trials: places.map((trial) => ({ trial, condition: dataset.conditions[trial] })),
      notes: ['One trial per condition, without noise.', ...notes],
    };
  }
  const batch = input.testSet();
  const count = batch?.trials ?? 0;
  const strange = options.testTrials.find((trial) => !(trial < count));
  if (!batch || strange !== undefined) {
    const there = count === 0 ? 'the run is tested on none' : `there are ${count}, counted from 0 to ${count - 1}`;
    throw new LabError('view.testTrial', `Showing test trial ${strange}: ${there}.`);
  }
  // events come at other times in each of them
  const times = Array.from({ length: batch.steps }, (_, t) => t * task.dtMs);
  return {
    times,
    x: { label: 'Time in the trial (ms)', scale: 'linear', min: 0, max: times.at(-1)! },
    batch,
    trials: options.testTrials.map((trial) => ({ trial, condition: { label: `test trial ${trial}`, values: {} } })),
    notes: [`Trials of the test set, ${options.testTrials.length} of ${count}, without noise.`],
  };
}

/** readout: trials × steps × outputs */
function figureOf(
  output: number,
  readout: Tensor,
  { batch, trials, times, x, notes }: Shown,
  input: ViewInput,
): Figure {
  const { task } = input;
  const [snapshot] = input.snapshots;
  const choices = task.loss === 'cross-entropy';
  return {
    id: `taskOutputs-${output}`,
    title: `Output "${task.outputLabels[output]}": ${nameOf(snapshot)}`,
    x,
    y: { label: choices ? 'Probability' : 'Output', scale: 'linear', min: null, max: null },
    ...conditionGroups(trials.map(({ condition }) => condition)),
    lines: trials.flatMap(({ trial, condition: { label } }) =>
      [
        plainLine(label, label, times, (t) => outputAt(readout, trial, t, output, choices)),
        targetLine(label, trial, output, times, batch, choices),
      ].filter((line) => line.x.length > 0),
    ),
    bands: [],
    references: [],
    notes: [
      choices
        ? 'Lines: probability of this choice, the softmax of all outputs. Dashed: 1 where it is the right one, else 0, in the steps that count.'
        : 'Lines: outputs. Dashed: targets, in the steps that count.',
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
function targetLine(
  label: string,
  trial: number,
  output: number,
  times: readonly number[],
  { target, mask, steps }: Batch,
  choices: boolean,
): Line {
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
