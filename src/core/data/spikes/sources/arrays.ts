/**
 * Spike times in arrays of any file, told by the names of keys:
 *
 *   spike_times, spikes, spiketimes, units   a list (cell array) with one array of times per unit; or
 *   spike_times, spikes, …                   one array of times for all units, and of equal length spike_clusters, spike_units,
 *                                            clusters, unit_ids or spike_templates with the unit of each spike; or, one per
 *                                            unit, spike_times_index with the place where its spikes end
 *   trials                                   a dictionary (struct) of arrays of equal length; or arrays beside the spikes
 */
import type { Entry, FileValue, OpenFile } from '../../formats/format.ts';
import type { SpikeRecording, SpikeUnit } from '../recording.ts';
import { entriesOf, isVector, refuse, spikeTimes, vectorOf, withoutEnding } from './source.ts';
import type { Entries, SpikeSource } from './source.ts';
import { trialColumns } from './trialColumns.ts';

const timesKeys = /^(spike_?times?|spikes|spike_?trains?|units)$/i;
const unitKeys = /^(spike_?clusters?|spike_?units?|spike_?templates?|clusters|unit_?ids?|units)$/i;
const indexKeys = /^spike_?times?_index$/i;
const trialKeys = /^(trials?|events)$/i;

type Found =
  | { kind: 'lists'; times: string }
  | { kind: 'flat'; times: string; units: string }
  | { kind: 'ends'; times: string; index: string };

export const arraysOfSpikes: SpikeSource = {
  id: 'spikes-arrays',
  recognises(root) {
    const entries = entriesOf(root);
    const found = spikesAmong(entries);
    return found !== null && tableAmong(entries, found) !== null;
  },
  read(file, fileName, { ticksPerSecond }) {
    const entries = entriesOf(file.root);
    const found = spikesAmong(entries)!;
    const counted = unitsOf(file, found, fileName);
    const clock = clockOf(counted, ticksPerSecond);
    const units = counted.map((unit) => ({ ...unit, times: inSeconds(unit.times, clock) }));
    const { keys, within, count } = tableAmong(entries, found)!;
    const path = within === null ? [] : [within];
    const table = new Map(keys.map((key): [string, FileValue] => [key, file.read([...path, key])]));
    const columns = trialColumns(table, count, counted).map((column) =>
      column.kind === 'event' ? { ...column, values: inSeconds(column.values, clock) } : column,
    );
    if (!columns.some(({ kind }) => kind === 'event')) {
      refuse(
        'events',
        fileName,
        `expected times of events among the arrays with one value per trial (${keys.join(', ')}), found none that lies within the spikes. Times have to be on the clock of the spikes.`,
      );
    }
    return {
      name: withoutEnding(fileName),
      units,
      trials: { count, columns },
      signals: [],
      clock,
      why: [`Spike times under "${found.times}"; trials ${within === null ? `in arrays of ${count} values beside it` : `under "${within}"`}.`], // prettier-ignore
    };
  },
};

function spikesAmong(entries: Entries): Found | null {
  for (const [times, entry] of entries) {
    if (!timesKeys.test(times)) continue;
    if (
      entry.kind === 'list' &&
      entry.length > 0 &&
      entry.items.every(isTimes) &&
      entry.items.some((item) => isMany(item, times))
    ) {
      return { kind: 'lists', times };
    }
    if (!isVector(entry) || !(isFloat(entry) || /time/i.test(times))) continue;
    const spikes = sizeOf(entry);
    for (const [key, other] of entries) {
      if (key !== times && indexKeys.test(key) && isVector(other)) return { kind: 'ends', times, index: key };
      if (key !== times && unitKeys.test(key) && isVector(other) && sizeOf(other) === spikes && spikes > 1) {
        return { kind: 'flat', times, units: key };
      }
    }
  }
  return null;
}

/** Of a unit with one spike, MATLAB keeps a number; of one without, nothing. */
const isTimes = (entry: Entry): boolean =>
  isVector(entry) || (entry.kind === 'plain' && (typeof entry.value === 'number' || entry.value === null)) || (entry.kind === 'list' && entry.length === 0); // prettier-ignore
/** Whole numbers are times where the key says so: else they may be counts. */
const isMany = (entry: Entry, key: string): boolean =>
  isVector(entry) && sizeOf(entry) > 1 && (isFloat(entry) || /time/i.test(key));
const isFloat = ({ dtype }: Extract<Entry, { kind: 'array' }>): boolean => dtype.startsWith('float');
const sizeOf = ({ shape }: { shape: readonly number[] }): number => shape.reduce((n, extent) => n * extent, 1);

/** given: by the user. Else taken from how often units fire: in seconds if they can, in ms unless all times are whole. */
function clockOf(units: readonly SpikeUnit[], given: number | undefined): NonNullable<SpikeRecording['clock']> {
  const perTick = units.map(({ times }) => (times.length > 1 ? (times.length - 1) / (times.at(-1)! - times[0]) : NaN));
  const known = perTick.filter((rate) => Number.isFinite(rate)).sort((a, b) => a - b);
  const middle = known[known.length >> 1] ?? 1;
  const ticksPerSecond = given ?? guessedTicks(middle, units);
  const named = clocks.find(({ ticks }) => ticks === ticksPerSecond)?.name ?? `samples at ${ticksPerSecond} Hz`;
  const rate = Number((middle * ticksPerSecond).toPrecision(2));
  return { ticksPerSecond, why: `Times taken as ${named}: a unit in the middle fires at ${rate} Hz.` };
}

/** Hz: slower than units are, and as fast as they usually are. */
const [tooSlow, usual] = [0.05, 8];

function guessedTicks(middle: number, units: readonly SpikeUnit[]): number {
  const [seconds, ms, samples] = clocks.map(({ ticks }) => ticks);
  if (middle * seconds >= tooSlow) return seconds;
  if (!units.every(({ times }) => times.every((time) => Number.isInteger(time)))) return ms;
  const away = (ticks: number): number => Math.abs(Math.log((middle * ticks) / usual));
  return away(ms) < away(samples) ? ms : samples;
}

const clocks = [
  { ticks: 1, name: 'seconds' },
  { ticks: 1000, name: 'ms' },
  { ticks: 30_000, name: 'samples at 30 kHz' },
];

const inSeconds = (times: Float64Array, { ticksPerSecond }: { ticksPerSecond: number }): Float64Array =>
  ticksPerSecond === 1 ? times : times.map((time) => time / ticksPerSecond);

type Table = { within: string | null; keys: string[]; count: number };

/** The arrays with one value per trial: in a dictionary of their own, or beside the spikes. */
function tableAmong(entries: Entries, found: Found): Table | null {
  for (const [key, entry] of entries) {
    if (!trialKeys.test(key) || entry.kind !== 'dictionary') continue;
    const table = columnsAmong(entry.entries, new Set());
    if (table) return { within: key, ...table };
  }
  const used = new Set([found.times, 'units' in found ? found.units : '', 'index' in found ? found.index : '']);
  const table = columnsAmong(entries, used);
  return table && { within: null, ...table };
}

/** The entries of the length that most of them have. */
function columnsAmong(entries: Entries, used: ReadonlySet<string>): Omit<Table, 'within'> | null {
  const lengths = new Map<number, string[]>();
  for (const [key, entry] of entries) {
    const length = used.has(key) ? null : rowsOf(entry);
    if (length === null || length < 2) continue;
    lengths.set(length, [...(lengths.get(length) ?? []), key]);
  }
  const [most] = [...lengths].toSorted(([, a], [, b]) => b.length - a.length);
  return most ? { count: most[0], keys: most[1] } : null;
}

function rowsOf(entry: Entry): number | null {
  if (entry.kind === 'list') return entry.items.every(({ kind }) => kind === 'plain') ? entry.length : null;
  if (entry.kind !== 'array') return null;
  const { shape } = entry;
  if (isVector(entry)) return sizeOf(entry);
  return shape.length === 2 && shape[1] <= 3 ? shape[0] : null;
}

function unitsOf(file: OpenFile, found: Found, fileName: string): SpikeUnit[] {
  const value = file.read([found.times]);
  if (found.kind === 'lists') {
    return (value as FileValue[]).map((times, k) => ({
      name: String(k),
      times: spikeTimes(times ?? [], `unit ${k}`, fileName),
    }));
  }
  const times = vectorOf(value)!;
  if (found.kind === 'ends') {
    const ends = vectorOf(file.read([found.index]))!;
    const sound = ends.every((end, k) => Number.isInteger(end) && end >= (ends[k - 1] ?? 0) && end <= times.length);
    if (!sound) refuse('index', fileName, `"${found.index}" does not tell where the spikes of each unit end.`);
    return [...ends].map((end, k) => ({
      name: String(k),
      times: spikeTimes(asValue(times.slice(k === 0 ? 0 : ends[k - 1], end)), `unit ${k}`, fileName),
    }));
  }
  const of = vectorOf(file.read([found.units]))!;
  const spikes = new Map<number, number[]>();
  times.forEach((time, k) => {
    const mine = spikes.get(of[k]);
    if (mine) mine.push(time);
    else spikes.set(of[k], [time]);
  });
  return [...spikes].sort(([a], [b]) => a - b).map(([unit, mine]) => ({
    name: String(unit),
    times: spikeTimes(asValue(Float64Array.from(mine)), `unit ${unit}`, fileName),
  })); // prettier-ignore
}

const asValue = (data: Float64Array): FileValue => ({ kind: 'array', dtype: 'float64', shape: [data.length], data });
