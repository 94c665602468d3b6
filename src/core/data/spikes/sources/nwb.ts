/**
 * NWB 2: units with spike times, a table of intervals (`trials`, else the one with most rows) and continuous series of a few
 * columns under /processing. Raw voltages and images are not read.
 */
import type { Entry, FileValue, OpenFile } from '../../formats/format.ts';
import { isArray } from '../../formats/openValue.ts';
import type { Signal, SpikeUnit } from '../recording.ts';
import { entriesOf, pairsOf, refuse, spikeTimes, strided, vectorOf, withoutEnding } from './source.ts';
import type { Entries, SpikeSource } from './source.ts';
import { trialColumns } from './trialColumns.ts';

/** A series with more columns than this is no behaviour. */
const mostColumns = 12;
/** Numbers of a series that are read, at most. */
const mostSamples = 2 ** 25;

export const nwbSpikes: SpikeSource = {
  id: 'spikes-nwb',
  recognises: (root) =>
    entriesOf(entriesOf(root).get('units')).get('spike_times')?.kind === 'list' && (tablesOf(root).length > 0 || entriesOf(root).has('session')), // prettier-ignore
  read(file, fileName, { table: wanted }) {
    const tables = tablesOf(file.root);
    if (tables.length === 0) {
      return refuse(
        'trials',
        fileName,
        'expected a table of trials (/intervals/trials), found units alone. Rates need events to align to: add trials with their times.',
      );
    }
    const chosen = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted);
    if (!chosen) {
      return refuse(
        'table',
        fileName,
        `expected one of the tables ${tables.map(({ name }) => `"${name}"`).join(', ')}, found "${wanted}". Choose one of them.`,
      );
    }
    const table = chosen.name;
    const units = unitsOf(file, fileName);
    const rows = file.read(['intervals', table]) as Map<string, FileValue>;
    const starts = vectorOf(rows.get('start_time')) ?? new Float64Array();
    const { signals, said } = signalsOf(file);
    return {
      name: withoutEnding(fileName),
      units,
      trials: {
        count: starts.length,
        columns: trialColumns(new Map([...rows].filter(([name]) => name !== 'id')), starts.length, units),
      },
      signals,
      tables: [chosen, ...tables.filter((other) => other !== chosen)],
      why: [`An NWB file with spike times of its units; trials are the rows of the table "${table}".`, ...said],
    };
  },
};

/** Tables with rows that begin at some time: that of the trials first, then those with most rows. */
function tablesOf(root: Entry): { name: string; rows: number }[] {
  const tables = [...entriesOf(entriesOf(root).get('intervals'))].flatMap(([name, entry]) => {
    const start = entriesOf(entry).get('start_time');
    const rows = start?.kind === 'array' ? (start.shape[0] ?? 0) : 0;
    return rows > 0 ? [{ name, rows }] : [];
  });
  return tables.sort((a, b) => Number(b.name === 'trials') - Number(a.name === 'trials') || b.rows - a.rows);
}

function unitsOf(file: OpenFile, fileName: string): SpikeUnit[] {
  const columns = entriesOf(entriesOf(file.root).get('units'));
  const read = (name: string): FileValue | undefined => (columns.has(name) ? file.read(['units', name]) : undefined);
  const [names, ids] = [read('unit_name'), read('id')];
  const observed = read('obs_intervals');
  return (read('spike_times') as FileValue[]).map((value, k) => {
    const text = Array.isArray(names) && typeof names[k] === 'string' ? names[k] : null;
    const name = text ?? String(vectorOf(ids)?.[k] ?? k);
    const times = spikeTimes(value, `unit ${name}`, fileName);
    const [from, to] = (Array.isArray(observed) ? pairsOf(observed[k]) : null) ?? [];
    return from && to
      ? { name, times, observed: [...from].map((start, i) => [start, to[i]] as const) }
      : { name, times };
  });
}

function signalsOf(file: OpenFile): { signals: Signal[]; said: string[] } {
  const signals: Signal[] = [];
  const said: string[] = [];
  for (const [path, entry] of entriesOf(entriesOf(file.root).get('series'))) {
    if (!path.startsWith('/processing/')) continue;
    const part = entriesOf(entry);
    const data = part.get('data');
    if (data?.kind !== 'array' || data.shape.length > 2 || (data.shape[1] ?? 1) > mostColumns) continue;
    if (data.shape.reduce((n, extent) => n * extent, 1) > mostSamples) {
      said.push(`"${path}" is too long to be averaged, and left out.`);
      continue;
    }
    const found = signalsAt(file, path, part);
    if (found) signals.push(...found);
    else said.push(`"${path}" does not say when it was measured, and is left out.`);
  }
  return { signals: withBehaviour(signals), said };
}

function signalsAt(file: OpenFile, path: string, part: Entries): Signal[] | null {
  const read = (name: string): FileValue => (part.has(name) ? file.read(['series', path, name]) : null);
  const data = read('data');
  if (!isArray(data)) return null;
  const [count, columns = 1] = data.shape;
  const [start, rate] = [vectorOf(read('starting_time'))?.[0], vectorOf(read('rate'))?.[0]];
  const even = start !== undefined && rate !== undefined && rate > 0 ? Float64Array.from({ length: count }, (_, k) => start + k / rate) : null; // prettier-ignore
  const times = vectorOf(read('timestamps')) ?? even;
  if (times?.length !== count) return null;
  const [conversion, offset] = [vectorOf(read('conversion'))?.[0] ?? 1, vectorOf(read('offset'))?.[0] ?? 0];
  const name = path.split('/').at(-1)!;
  return Array.from({ length: columns }, (_, k) => ({
    name: columns === 1 ? name : `${name} ${'xyz'[k] && columns <= 3 ? 'xyz'[k] : k}`,
    times,
    values: strided(data, k, columns, count).map((value) => value * conversion + offset),
  }));
}

/** Names by which the reach task knows the hand and the arm. */
const known: [RegExp, string][] = [
  [/(hand|cursor|finger)\w*(vel|speed)\w* x$/i, 'handVx'],
  [/(hand|cursor|finger)\w*(vel|speed)\w* y$/i, 'handVy'],
  [/(hand|cursor|finger)\w* x$/i, 'handX'],
  [/(hand|cursor|finger)\w* y$/i, 'handY'],
  [/shoulder/i, 'shoulderAngle'],
  [/elbow/i, 'elbowAngle'],
];

/** Each of these names is given once, the hand's before the cursor's; velocities that were not recorded follow from places. */
function withBehaviour(signals: readonly Signal[]): Signal[] {
  const taken = new Set<string>();
  const renamed = signals
    .toSorted((a, b) => Number(/hand/i.test(b.name)) - Number(/hand/i.test(a.name)))
    .map((signal) => {
      const name = known.find(([pattern, to]) => pattern.test(signal.name) && !taken.has(to))?.[1];
      const free = name ?? (taken.has(signal.name) ? `${signal.name} (2)` : signal.name);
      taken.add(free);
      return { ...signal, name: free };
    });
  return renamed.map((signal) => {
    const velocity = { handX: 'handVx', handY: 'handVy' }[signal.name];
    return velocity !== undefined && !taken.has(velocity) ? { ...signal, velocity } : signal;
  });
}
