/**
 * Spike times in arrays of any file, told by the names of keys:
 *
 *   spike_times, spikes, spiketimes, units   a list (cell array) with one array of seconds per unit; or
 *   spike_times, spikes, …                   one array of seconds for all units, and of equal length spike_clusters, spike_units,
 *                                            clusters, unit_ids or spike_templates with the unit of each spike; or, one per
 *                                            unit, spike_times_index with the place where its spikes end
 *   trials                                   a dictionary (struct) of arrays of equal length; or arrays beside the spikes
 */
import type { Entry, FileValue, OpenFile } from '../../formats/format.ts';
import type { SpikeUnit } from '../recording.ts';
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
  read(file, fileName) {
    const entries = entriesOf(file.root);
    const found = spikesAmong(entries)!;
    const units = unitsOf(file, found, fileName);
    const { keys, within, count } = tableAmong(entries, found)!;
    const path = within === null ? [] : [within];
    const table = new Map(keys.map((key): [string, FileValue] => [key, file.read([...path, key])]));
    const columns = trialColumns(table, count, units);
    if (!columns.some(({ kind }) => kind === 'event')) {
      refuse(
        'events',
        fileName,
        `expected times of events among the arrays with one value per trial (${keys.join(', ')}), found none that lies within the spikes. Times have to be in seconds, on the clock of the spikes.`,
      );
    }
    return {
      name: withoutEnding(fileName),
      units,
      trials: { count, columns },
      signals: [],
      why: [`Spike times under "${found.times}", taken for seconds; trials ${within === null ? `in arrays of ${count} values beside it` : `under "${within}"`}.`], // prettier-ignore
    };
  },
};

function spikesAmong(entries: Entries): Found | null {
  for (const [times, entry] of entries) {
    if (!timesKeys.test(times)) continue;
    if (entry.kind === 'list' && entry.length > 0 && entry.items.every(isTimes) && entry.items.some(isMany)) {
      return { kind: 'lists', times };
    }
    if (!isVector(entry) || !isFloat(entry)) continue;
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
const isMany = (entry: Entry): boolean => isVector(entry) && sizeOf(entry) > 1 && isFloat(entry);
const isFloat = ({ dtype }: Extract<Entry, { kind: 'array' }>): boolean => dtype.startsWith('float');
const sizeOf = ({ shape }: { shape: readonly number[] }): number => shape.reduce((n, extent) => n * extent, 1);

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
