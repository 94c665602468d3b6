/** Single trials → condition averages, and the trials that they are averages of. */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Floats, Tensor } from '../../math/tensor.ts';
import type { SingleTrial } from '../dataset.ts';

/** Where the trials lie in an array of any order of axes. */
export type Trials = {
  data: Floats;
  /** single precision holds every number of the file, so that trials are kept in it */
  single: boolean;
  neurons: number;
  steps: number;
  conditions: number;
  neuronStride: number;
  timeStride: number;
  /** one per trial, in the order in which they were recorded: its condition, and where it begins */
  trials: readonly { condition: number; offset: number }[];
};

export type Averages = {
  /** neurons × steps × conditions */
  activity: Tensor;
  singleTrials: SingleTrial[];
  /** places of the neurons and conditions that are left, among those there were */
  neurons: number[];
  conditions: number[];
  /** mean over neurons of the trials averaged: conditions */
  trialsPerNeuron: Tensor;
};

/**
 * A trial of which a neuron has NaN at every step was not recorded from it. Conditions without any trial are left out; of
 * neurons, those with fewer than `minTrials` in a condition that is left. Throws LabError `mapping.trials` where it is not
 * given and a neuron has no trial in a condition, and `data.notFinite` where a trial is missing at some steps only.
 */
export function averageTrials(all: Trials, minTrials: number | undefined, fileName: string): Averages {
  const byCondition = Array.from({ length: all.conditions }, (_, c) => all.trials.filter((t) => t.condition === c));
  /** [condition][neuron]: trials recorded from it, as places in byCondition */
  const recorded = byCondition.map((trials) =>
    Array.from({ length: all.neurons }, (_, n) =>
      trials.flatMap((trial, i) => (isRecorded(all, n, trial, fileName) ? [i] : [])),
    ),
  );
  const conditions = keysWhere(recorded, (neurons) => neurons.some((trials) => trials.length > 0));
  const fewest = (n: number): number => Math.min(...conditions.map((c) => recorded[c][n].length));
  const neurons = keysWhere(Array.from({ length: all.neurons }), (_, n) => fewest(n) >= (minTrials ?? 1));
  requireTrials(all, neurons, conditions, recorded, minTrials, fileName);

  const activity = new Float64Array(neurons.length * all.steps * conditions.length);
  const counts = new Float64Array(conditions.length);
  const singleTrials: SingleTrial[] = [];
  conditions.forEach((c, condition) => {
    neurons.forEach((n, neuron) => {
      const trials = recorded[c][n];
      counts[condition] += trials.length / neurons.length;
      for (let t = 0; t < all.steps; t++) {
        const at = n * all.neuronStride + t * all.timeStride;
        let sum = 0;
        for (const i of trials) sum += all.data[at + byCondition[c][i].offset];
        activity[(neuron * all.steps + t) * conditions.length + condition] = sum / trials.length;
      }
    });
    singleTrials.push(...trialsOf(all, byCondition[c], recorded[c], condition, neurons));
  });
  return {
    activity: tensor([neurons.length, all.steps, conditions.length], activity),
    singleTrials,
    neurons,
    conditions,
    trialsPerNeuron: tensor([conditions.length], counts),
  };
}

/** Neurons that share all of a condition's trials were recorded together: each trial holds all of them. */
function trialsOf(
  { data, single, steps, neuronStride, timeStride }: Trials,
  trials: Trials['trials'],
  recorded: readonly (readonly number[])[],
  condition: number,
  neurons: readonly number[],
): SingleTrial[] {
  const together = Map.groupBy(neurons.keys(), (neuron) => recorded[neurons[neuron]].join());
  return [...together.values()].flatMap((group) =>
    recorded[neurons[group[0]]].map((i): SingleTrial => {
      const activity = single ? new Float32Array(group.length * steps) : new Float64Array(group.length * steps);
      group.forEach((neuron, row) => {
        const at = neurons[neuron] * neuronStride + trials[i].offset;
        for (let t = 0; t < steps; t++) activity[row * steps + t] = data[at + t * timeStride];
      });
      return { condition, neurons: group, activity: tensor([group.length, steps], activity) };
    }),
  );
}

function isRecorded(all: Trials, neuron: number, { offset }: { offset: number }, fileName: string): boolean {
  const at = neuron * all.neuronStride + offset;
  let missing = 0;
  for (let t = 0; t < all.steps; t++) missing += Number.isNaN(all.data[at + t * all.timeStride]) ? 1 : 0;
  if (missing > 0 && missing < all.steps) {
    throw new LabError(
      'data.notFinite',
      `Reading "${fileName}": a trial of neuron ${neuron + 1} is missing (NaN) at ${missing} of ${all.steps} steps. Only trials that are missing as a whole are left out: cut all trials to the same steps, or fill them.`,
    );
  }
  return missing === 0;
}

function requireTrials(
  all: Trials,
  neurons: readonly number[],
  conditions: readonly number[],
  recorded: readonly (readonly (readonly number[])[])[],
  minTrials: number | undefined,
  fileName: string,
): void {
  const said = `Averaging the trials of "${fileName}"`;
  if (conditions.length === 0) {
    throw new LabError(
      'mapping.trials',
      `${said}: expected trials with numbers, found NaN alone. Choose another array.`,
    );
  }
  if (minTrials === undefined && neurons.length < all.neurons) {
    const without = Array.from({ length: all.neurons }, (_, n) => n).filter((n) => !neurons.includes(n));
    const condition = conditions.find((c) => recorded[c][without[0]].length === 0)!;
    throw new LabError(
      'mapping.trials',
      `${said}: expected a trial of every neuron in every condition, found ${without.length} of ${all.neurons} neurons without one, the first neuron ${without[0] + 1} in condition ${condition + 1}. Leave such neurons out: give the least number of trials per condition, "minTrials" of the mapping.`,
    );
  }
  if (neurons.length > 0) return;
  throw new LabError(
    'mapping.trials',
    `${said}: expected neurons with at least ${minTrials} trials in each of ${conditions.length} conditions, found none. Give a smaller "minTrials".`,
  );
}

function keysWhere<T>(values: readonly T[], holds: (value: T, place: number) => boolean): number[] {
  return values.flatMap((value, place) => (holds(value, place) ? [place] : []));
}
