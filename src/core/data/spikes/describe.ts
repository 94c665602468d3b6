/** What is in a recording of spikes, and which options would be a good beginning. */
import { defaultRates } from './rateOptions.ts';
import type { ConditionVariable, RateOptions } from './rateOptions.ts';
import type { SpikeRecording, TrialColumn } from './recording.ts';

export type ColumnFacts = {
  name: string;
  kind: TrialColumn['kind'];
  /** trials without a value */
  missing: number;
  /** its values in order; null: more than can be listed, or times */
  distinct: (number | string)[] | null;
};

export type SpikesSummary = {
  why: string[];
  units: string[];
  trials: number;
  /** of times that are not known to be in seconds; null: they are */
  clock: { ticksPerSecond: number; why: string } | null;
  /** that could be the trials, the one described first; none: there is no choice */
  tables: { name: string; rows: number }[];
  spikes: number;
  /** first and last spike, seconds; 0 where there is none */
  fromS: number;
  toS: number;
  columns: ColumnFacts[];
  signals: string[];
  suggestion: RateOptions;
  /** why it is suggested, by what is chosen */
  reasons: { event: string; conditions: string; only: string };
};

/** Values that are listed, at most. */
const listed = 24;
/** Single trials are suggested up to this many numbers. */
const easily = 2 ** 24;

export function describeSpikes(recording: SpikeRecording): SpikesSummary {
  const { units, trials, signals, why } = recording;
  const columns = trials.columns.map(factsOf);
  const firing = units.filter(({ times }) => times.length > 0);
  return {
    why: [...why],
    units: units.map(({ name }) => name),
    trials: trials.count,
    clock: recording.clock ?? null,
    tables: choiceOf(recording),
    spikes: units.reduce((sum, { times }) => sum + times.length, 0),
    fromS: firing.reduce((least, { times }) => Math.min(least, times[0]), firing.length > 0 ? Infinity : 0),
    toS: firing.reduce((most, { times }) => Math.max(most, times.at(-1)!), firing.length > 0 ? -Infinity : 0),
    columns,
    signals: signals.flatMap(({ name, velocity }) => (velocity === undefined ? [name] : [name, velocity])),
    ...suggestionFor(recording, columns),
  };
}

const choiceOf = ({ tables = [] }: SpikeRecording): SpikesSummary['tables'] => (tables.length > 1 ? [...tables] : []);

function factsOf({ name, kind, values }: TrialColumn): ColumnFacts {
  const there = [...values].filter((value) => value !== '' && !Number.isNaN(value));
  const distinct = kind === 'event' ? null : [...new Set(there)];
  const inOrder = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
  return {
    name,
    kind,
    missing: values.length - there.length,
    distinct: distinct && distinct.length <= listed ? distinct.sort(inOrder) : null,
  };
}

function suggestionFor(
  recording: SpikeRecording,
  columns: readonly ColumnFacts[],
): Pick<SpikesSummary, 'suggestion' | 'reasons'> {
  const [table] = choiceOf(recording);
  const [event, whyEvent] = eventFor(columns);
  const [conditions, whyConditions] = conditionsFor(recording, columns);
  const [only, whyOnly] = onlyFor(columns);
  const movement = /mov|reach/i.test(event);
  const window = movement ? { fromMs: -800, toMs: 400 } : { fromMs: defaultRates.fromMs, toMs: defaultRates.toMs };
  const steps = (window.toMs - window.fromMs) / defaultRates.binMs + 1;
  return {
    suggestion: {
      name: recording.name,
      ...(table ? { table: table.name } : {}),
      ...(recording.clock ? { ticksPerSecond: recording.clock.ticksPerSecond } : {}),
      event,
      ...window,
      binMs: defaultRates.binMs,
      smoothing: { ...defaultRates.smoothing },
      conditions,
      only,
      minTrials: defaultRates.minTrials,
      minRateHz: defaultRates.minRateHz,
      normalisation: { kind: 'none' },
      signals: recording.signals.length === 0 ? 'none' : 'recorded',
      keepTrials: recording.units.length * recording.trials.count * steps <= easily,
      ...recording.suggested,
    },
    reasons: { event: whyEvent, conditions: whyConditions, only: whyOnly },
  };
}

/** Names of events, the most telling first. */
const events = [
  /(mov|reach)\w*[ _]?(on|start|begin)|^st_?mv/i,
  /(^|[ _])go([ _]|$)|go_?cue/i,
  /stim\w*[ _]?(on|start|time)/i,
  /(target|cue|instr)\w*/i,
  /start/i,
];

function eventFor(columns: readonly ColumnFacts[]): [string, string] {
  const times = columns.filter(({ kind }) => kind === 'event');
  for (const pattern of events) {
    const named = times.filter(({ name }) => pattern.test(name)).sort((a, b) => a.missing - b.missing);
    if (named[0]) return [named[0].name, `Of the columns of times, its name tells most: ${times.map(({ name }) => name).join(', ')}.`]; // prettier-ignore
  }
  const first = times[0]?.name ?? columns[0]?.name ?? '';
  return [first, 'No name tells which event it is: the first column of times.'];
}

function conditionsFor({ trials }: SpikeRecording, columns: readonly ColumnFacts[]): [ConditionVariable[], string] {
  const angle = columns.find(
    ({ name, kind }) => kind === 'number' && /direction|angle|(^|[ _])(dir|deg|theta)/i.test(name),
  );
  if (angle) {
    const values = trials.columns.find(({ name }) => name === angle.name)!.values as Float64Array;
    const unit = isRadians(values) ? 'rad' : 'deg';
    return [
      [{ column: angle.name, directions: defaultRates.directions, unit }],
      `"${angle.name}" is named like an angle, and its values fit ${unit === 'rad' ? 'radians' : 'degrees'}.`,
    ];
  }
  const few = columns.find(
    ({ kind, distinct }) =>
      kind !== 'event' && distinct && distinct.length >= 2 && distinct.length <= 12 && !isOutcome(distinct),
  );
  if (few) return [[{ column: few.name }], `"${few.name}" has ${few.distinct!.length} values.`];
  return [[], 'No column has few values: all trials are one condition.'];
}

/** Whole turns are 2π, and multiples of π/k are seldom whole numbers. */
function isRadians(values: Float64Array): boolean {
  const there = values.filter((value) => Number.isFinite(value));
  return (
    there.every((value) => Math.abs(value) < 2 * Math.PI + 0.01) && there.some((value) => !Number.isInteger(value))
  );
}

const good = /^(1|true|success|successful|correct|rewarded|hit|r|s)$/i;
const isOutcome = (values: readonly (number | string)[]): boolean =>
  values.length === 2 && values.some((value) => typeof value === 'string' && good.test(value));

function onlyFor(columns: readonly ColumnFacts[]): [RateOptions['only'], string] {
  const outcome = columns.find(
    ({ name, kind, distinct }) =>
      kind !== 'event' && distinct !== null && distinct.length > 1 && /success|correct|reward|outcome|result|hit/i.test(name) && distinct.some((value) => good.test(String(value))), // prettier-ignore
  );
  if (!outcome) return [[], 'All trials are taken: no column tells whether they were successful.'];
  const is = outcome.distinct!.filter((value) => good.test(String(value)));
  return [[{ column: outcome.name, is }], `"${outcome.name}" seems to tell whether a trial was successful.`];
}
