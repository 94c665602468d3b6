/** What a recording holds, as plain numbers: trials, missing values, rates. */
import type { Dataset } from '../../data/dataset.ts';

export type TrialCounts = {
  /** how they are known: the trials themselves are there, or the file says how many were averaged */
  readonly from: 'singleTrials' | 'facts';
  /** trials in all conditions; null: neurons were recorded in different ones */
  readonly total: number | null;
  /** per condition: mean, fewest and most over neurons */
  readonly mean: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
};

export type RecordingFacts = {
  /** null: averages alone, of unknown many trials */
  readonly trials: TrialCounts | null;
  /** values of the activity that are not finite; imports refuse them */
  readonly missing: number;
  readonly values: number;
  /** over all neurons, steps and conditions */
  readonly meanRate: number;
  readonly leastRate: number;
  readonly mostRate: number;
  /** places of neurons whose activity is the same at every step of every condition */
  readonly constantNeurons: readonly number[];
};

export function recordingFacts(dataset: Dataset): RecordingFacts {
  const { activity } = dataset;
  const { data } = activity;
  const perNeuron = data.length / activity.shape[0];
  let [sum, least, most, missing] = [0, Infinity, -Infinity, 0];
  const constantNeurons: number[] = [];
  for (let n = 0, at = 0; n < activity.shape[0]; n++) {
    let [low, high] = [Infinity, -Infinity];
    for (const end = at + perNeuron; at < end; at++) {
      const value = data[at];
      if (!Number.isFinite(value)) missing++;
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low === high) constantNeurons.push(n);
    least = Math.min(least, low);
    most = Math.max(most, high);
  }
  return {
    trials: trialCounts(dataset),
    missing,
    values: data.length,
    meanRate: sum / data.length,
    leastRate: least,
    mostRate: most,
    constantNeurons,
  };
}

const countsOfFiles = ['trialsPerNeuron', 'trialsPerCondition'];

/** Null where neither trials nor their number came with the averages. */
export function trialCounts({ activity, singleTrials, facts }: Dataset): TrialCounts | null {
  const [neurons, , conditions] = activity.shape as [number, number, number];
  if (singleTrials) {
    const of = new Float64Array(neurons * conditions);
    for (const { condition, neurons: recorded } of singleTrials) {
      for (const neuron of recorded) of[neuron * conditions + condition]++;
    }
    const column = (c: number): number[] => Array.from({ length: neurons }, (_, n) => of[n * conditions + c]);
    const columns = Array.from({ length: conditions }, (_, c) => column(c));
    const together = singleTrials.every(({ neurons: recorded }) => recorded.length === neurons);
    return {
      from: 'singleTrials',
      total: together ? singleTrials.length : null,
      mean: columns.map((counts) => counts.reduce((a, b) => a + b, 0) / neurons),
      least: columns.map((counts) => counts.reduce((a, b) => Math.min(a, b))),
      most: columns.map((counts) => counts.reduce((a, b) => Math.max(a, b))),
    };
  }
  const known = countsOfFiles.map((name) => facts[name]).find((t) => t?.data.length === conditions);
  if (!known) return null;
  const mean = Array.from(known.data);
  return { from: 'facts', total: null, mean, least: mean, most: mean };
}
