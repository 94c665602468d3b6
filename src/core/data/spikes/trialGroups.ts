/** Which trials are taken, and which of them are averaged together. */
import type { Condition } from '../dataset.ts';
import { LabError } from '../../errors.ts';
import type { ConditionVariable, RateOptions } from './rateOptions.ts';
import { columnNamed } from './recording.ts';
import type { SpikeRecording, TrialColumn } from './recording.ts';

/** trials: their places in the recording; events: seconds */
export type TrialGroup = Condition & { trials: number[]; events: number[] };

export type TrialChoice = {
  /** in order of the values of the condition variables, the first varying slowest */
  groups: TrialGroup[];
  /** trials that were not taken */
  leftOut: { why: string; trials: number }[];
};

/** More conditions than this are a variable that was not meant to be one. */
const mostConditions = 500;

/** Throws LabError `rates.*` where a column is not there or of the wrong kind, or no trial is left. */
export function groupTrials(
  recording: SpikeRecording,
  { event, conditions, only }: Pick<RateOptions, 'event' | 'conditions' | 'only'>,
): TrialChoice {
  const events = eventsOf(recording, event);
  const variables = conditions.map((variable) => readingOf(recording, variable, conditions.length > 1));
  const wanted = only.map(({ column, is }) => {
    const { values } = columnNamed(recording, column, 'which trials are taken');
    const texts = new Set(is.map(String));
    return { why: `"${column}" is not ${is.join(' or ')}`, fits: (trial: number) => texts.has(String(values[trial])) };
  });
  const leftOut = new Map<string, number>();
  const groups = new Map<string, TrialGroup & { order: Level[] }>();
  for (let trial = 0; trial < recording.trials.count; trial++) {
    const levels = variables.map(({ levelOf }) => levelOf(trial));
    const unknown = levels.indexOf(null);
    const why =
      wanted.find(({ fits }) => !fits(trial))?.why ??
      (Number.isFinite(events[trial]) ? null : `no time of "${event}"`) ??
      (unknown < 0 ? null : `no value of "${conditions[unknown].column}"`);
    if (why !== null) {
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
      continue;
    }
    const order = levels as Level[];
    const key = JSON.stringify(order.map(({ value }) => value));
    const group = groups.get(key) ?? { ...conditionOf(order), trials: [], events: [], order };
    group.trials.push(trial);
    group.events.push(events[trial]);
    groups.set(key, group);
  }
  const reasons = [...leftOut].map(([why, trials]) => ({ why, trials }));
  if (groups.size === 0) {
    const found = reasons.map(({ why, trials }) => `${trials}: ${why}`).join('; ');
    throw new LabError(
      'rates.noTrials',
      `Choosing trials: expected at least one of ${recording.trials.count}, found none (${found || 'there are none'}). Choose another event, or take more trials.`,
    );
  }
  if (groups.size > mostConditions) {
    throw new LabError(
      'rates.conditions',
      `Sorting trials by ${conditions.map(({ column }) => `"${column}"`).join(', ')}: expected at most ${mostConditions} conditions, found ${groups.size}. Choose a variable with few values, or put angles into directions.`,
    );
  }
  const sorted = [...groups.values()].sort((a, b) => inOrder(a.order, b.order));
  return { groups: sorted.map(({ order: _, ...group }) => group), leftOut: reasons };
}

function eventsOf(recording: SpikeRecording, event: string): Float64Array {
  const column = columnNamed(recording, event, 'the event at time 0');
  if (column.kind !== 'text') return column.values;
  throw new LabError(
    'rates.event',
    `Choosing the event at time 0: expected times in "${event}", found text. Choose a column of times in seconds.`,
  );
}

/** What a trial has of a condition variable; sort: numbers before texts. */
type Level = { value: number | string; label: string; values: Record<string, number> };

type Reading = { levelOf: (trial: number) => Level | null };

function readingOf(recording: SpikeRecording, variable: ConditionVariable, named: boolean): Reading {
  const column = columnNamed(recording, variable.column, 'a condition variable');
  if (variable.directions !== undefined) return directionsOf(column, variable, variable.directions, named);
  const label = (value: string): string => (named ? `${column.name} ${value}` : value);
  if (column.kind === 'text') {
    const { values } = column;
    return { levelOf: (t) => (values[t] === '' ? null : { value: values[t], label: label(values[t]), values: {} }) };
  }
  const { values, name } = column;
  return {
    levelOf: (t) =>
      Number.isFinite(values[t])
        ? { value: values[t], label: label(String(values[t])), values: { [name]: values[t] } }
        : null,
  };
}

function directionsOf(
  column: TrialColumn,
  { unit = 'deg' }: ConditionVariable,
  count: number,
  named: boolean,
): Reading {
  const { name, values } = column;
  if (column.kind === 'text') {
    throw new LabError(
      'rates.angles',
      `Putting "${name}" into ${count} directions: expected angles, found text. Take its values as they are.`,
    );
  }
  const turn = unit === 'deg' ? 360 : 2 * Math.PI;
  return {
    levelOf(trial) {
      const angle = values[trial] as number;
      if (!Number.isFinite(angle)) return null;
      const place = ((Math.round((angle / turn) * count) % count) + count) % count;
      const degrees = (360 / count) * place;
      const shown = `${Math.round(degrees * 100) / 100}°`;
      return { value: degrees, label: named ? `${name} ${shown}` : shown, values: { directionDeg: degrees } };
    },
  };
}

function conditionOf(levels: readonly Level[]): Condition {
  return {
    label: levels.map(({ label }) => label).join(', ') || 'all',
    values: Object.assign({}, ...levels.map(({ values }) => values)) as Record<string, number>,
  };
}

function inOrder(a: readonly Level[], b: readonly Level[]): number {
  for (const [k, { value }] of a.entries()) {
    const other = b[k].value;
    if (value === other) continue;
    if (typeof value !== typeof other) return typeof value === 'number' ? -1 : 1;
    return value < other ? -1 : 1;
  }
  return 0;
}
