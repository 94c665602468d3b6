/** Spikes as they were recorded, before they become rates: units, trials, and what was measured beside them. */
import { LabError } from '../../errors.ts';
import type { RateOptions } from './rateOptions.ts';

export type SpikeUnit = {
  /** as the file calls it */
  name: string;
  /** of its spikes, in seconds, ascending */
  times: Float64Array;
  /** in seconds, from and to: when it could be recorded; absent: throughout */
  observed?: readonly (readonly [from: number, to: number])[];
};

/** Of trials, one value each. Of numbers, NaN is missing; of texts, '' is. */
export type TrialColumn =
  | { name: string; kind: 'event'; values: Float64Array } // seconds, on the clock of the spikes
  | { name: string; kind: 'number'; values: Float64Array }
  | { name: string; kind: 'text'; values: readonly string[] };

/** Measured throughout, for example the place of the hand. */
export type Signal = {
  name: string;
  /** seconds, ascending */
  times: Float64Array;
  values: Float64Array;
  /** name of its rate of change, where that is worth having and was not recorded */
  velocity?: string;
};

export type SpikeRecording = {
  name: string;
  units: readonly SpikeUnit[];
  trials: { count: number; columns: readonly TrialColumn[] };
  /** names of all tables in the file that could be the trials, with their rows, that taken first; absent: the file has no such tables */
  tables?: readonly { name: string; rows: number }[];
  /** where the file does not say in what its times are: what was taken, and why */
  clock?: { ticksPerSecond: number; why: string };
  signals: readonly Signal[];
  /** how the file was understood, in sentences for the user */
  why: readonly string[];
  /** columns of events between which the movement lies; absent: not known */
  movement?: { from: string; to: string };
  /** what such files are best begun with, where it is not the usual */
  suggested?: Partial<RateOptions>;
};

/** The column of that name. Throws LabError `rates.column`. */
export function columnNamed({ trials }: Pick<SpikeRecording, 'trials'>, name: string, purpose: string): TrialColumn {
  const column = trials.columns.find((c) => c.name === name);
  if (column) return column;
  const there = trials.columns.map((c) => `"${c.name}"`).join(', ');
  throw new LabError(
    'rates.column',
    `Choosing ${purpose}: the trials have no column "${name}". Choose one of ${there || 'none: they have no columns'}.`,
  );
}

/** First place in ascending values at which one is not below `least`. */
export function placeOf(values: Float64Array, least: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle] < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
