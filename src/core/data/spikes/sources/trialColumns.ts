/** Columns of a table of trials, told apart by their numbers: times on the clock of the spikes, other numbers, texts. */
import type { FileValue } from '../../formats/format.ts';
import { isArray } from '../../formats/openValue.ts';
import type { SpikeUnit, TrialColumn } from '../recording.ts';
import { isAscending, strided, vectorOf } from './source.ts';

/** Columns of `count` values; those with two or three numbers per trial become columns x, y and z. Others are left out. */
export function trialColumns(
  table: ReadonlyMap<string, FileValue>,
  count: number,
  units: readonly SpikeUnit[],
): TrialColumn[] {
  const numbers = new Map<string, Float64Array>();
  const columns: TrialColumn[] = [];
  for (const [name, value] of table) {
    const texts = textsOf(value, count);
    if (texts) columns.push({ name, kind: 'text', values: texts });
    for (const [part, values] of numbersOf(name, value, count)) {
      numbers.set(part, values);
      columns.push({ name: part, kind: 'number', values });
    }
  }
  const events = eventsAmong(numbers, units);
  return [...columns.map((c) => (c.kind !== 'text' && events.has(c.name) ? { ...c, kind: 'event' as const } : c)), ...directionsOf(numbers)]; // prettier-ignore
}

function textsOf(value: FileValue, count: number): string[] | null {
  if (!Array.isArray(value) || value.length !== count || count === 0) return null;
  if (!value.every((item) => item === null || typeof item === 'string')) return null;
  return value.map((item) => item ?? '');
}

/** Rows of several numbers are no column. */
const onlyOf = (row: Float64Array | null): number => (row?.length === 1 ? row[0] : NaN);

function numbersOf(name: string, value: FileValue, count: number): [string, Float64Array][] {
  const list = Array.isArray(value) && value.length === count ? value.map((item) => (item === null ? NaN : onlyOf(vectorOf(item)))) : null; // prettier-ignore
  if (list?.some((item) => !Number.isNaN(item))) return [[name, Float64Array.from(list)]];
  const row = vectorOf(value);
  if (row && row.length === count) return [[name, row]];
  if (!isArray(value) || value.shape.length !== 2) return [];
  const [rows, parts] = value.shape;
  if (rows !== count || parts < 2 || parts > 3) return [];
  return Array.from({ length: parts }, (_, k) => [`${name} ${'xyz'[k]}`, strided(value, k, parts, count)]);
}

/**
 * Times of events lie in their trial, where the file says when trials begin and end, and else go up from trial to trial
 * within the recording. Numbers of trials go up too, in steps of one.
 */
function eventsAmong(numbers: ReadonlyMap<string, Float64Array>, units: readonly SpikeUnit[]): Set<string> {
  const firing = units.filter(({ times }) => times.length > 0);
  const first = firing.reduce((least, { times }) => Math.min(least, times[0]), Infinity);
  const last = firing.reduce((most, { times }) => Math.max(most, times.at(-1)!), -Infinity);
  const [start, stop] = [numbers.get('start_time'), numbers.get('stop_time')];
  const margin = 1 + 0.1 * (last - first);
  const isEvent = (name: string, values: Float64Array): boolean => {
    if (name === 'start_time' || name === 'stop_time') return true;
    const there = [...values.keys()].filter((k) => Number.isFinite(values[k]));
    if (there.length === 0) return /time|onset|cue/i.test(name);
    if (start && stop) {
      const inside = there.filter((k) => start[k] - 1 <= values[k] && values[k] <= stop[k] + 1);
      return inside.length >= 0.9 * there.length && !isCounting(there.map((k) => values[k]));
    }
    const times = Float64Array.from(there, (k) => values[k]);
    const within = times[0] >= first - margin && times.at(-1)! <= last + margin;
    return within && isAscending(times) && times.at(-1)! > times[0] && !isCounting([...times]) && there.length > 1;
  };
  return new Set([...numbers].filter(([name, values]) => isEvent(name, values)).map(([name]) => name));
}

const isCounting = (values: readonly number[]): boolean =>
  values.length > 1 && values.every((value, k) => k === 0 || value === values[k - 1] + 1);

/** Of places named … x and … y of a target: its direction from the origin, degrees. */
function directionsOf(numbers: ReadonlyMap<string, Float64Array>): TrialColumn[] {
  return [...numbers].flatMap(([name, x]): TrialColumn[] => {
    const [, stem] = /^(.*(?:target|goal|reach).*?)[ _]?x$/i.exec(name) ?? [];
    if (stem === undefined) return [];
    const y = numbers.get(name.slice(0, -1) + (name.endsWith('X') ? 'Y' : 'y'));
    if (!y) return [];
    const values = x.map((value, k) => (Math.hypot(value, y[k]) > 0 ? ((Math.atan2(y[k], value) * 180) / Math.PI + 360) % 360 : NaN)); // prettier-ignore
    return [{ name: `${stem} direction`, kind: 'number', values }];
  });
}
