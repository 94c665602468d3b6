/**
 * Single trials as arrays: `activity`, rows × steps, one row per trial and neuron, and `of`, rows × 3: the trial, its
 * condition and the neuron of each row.
 */
import { tensor } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';
import type { SingleTrial } from './dataset.ts';

export function singleTrialArrays(trials: readonly SingleTrial[]): Record<string, Tensor> {
  const rows = trials.reduce((sum, { neurons }) => sum + neurons.length, 0);
  const steps = trials[0]?.activity.shape[1] ?? 0;
  const isSingle = trials.every(({ activity: { data } }) => data instanceof Float32Array);
  const activity = isSingle ? new Float32Array(rows * steps) : new Float64Array(rows * steps);
  const of = new Float64Array(rows * 3);
  let row = 0;
  trials.forEach((trial, i) => {
    activity.set(trial.activity.data, row * steps);
    for (const neuron of trial.neurons) of.set([i, trial.condition, neuron], 3 * row++);
  });
  return { activity: tensor([rows, steps], activity), of: tensor([rows, 3], of) };
}

/** Undefined where the arrays are absent. */
export function singleTrialsFrom({ activity, of }: Record<string, Tensor>): SingleTrial[] | undefined {
  if (!activity || !of) return undefined;
  const [rows, steps] = activity.shape as [number, number];
  const places = Array.from({ length: rows }, (_, row) => row);
  return [...Map.groupBy(places, (row) => of.data[3 * row]).values()].map((mine) => ({
    condition: of.data[3 * mine[0] + 1],
    neurons: mine.map((row) => of.data[3 * row + 2]),
    activity: tensor([mine.length, steps], activity.data.slice(mine[0] * steps, (mine.at(-1)! + 1) * steps)),
  }));
}
