/** Where in an NWB file its parts lie, and how each is read. */
import type { Entry, FileArray, FileValue, Range } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import type { Memory } from '../../core/data/formats/memory.ts';
import { isArray, openValue, placed } from '../../core/data/formats/openValue.ts';
import type { H5File } from './h5File.ts';
import { treeOf } from './h5Tree.ts';
import type { H5Node } from './h5Tree.ts';
import { attributesOf, entryOf, numbersOf, valueOf } from './h5Values.ts';

export type NwbPart =
  | { kind: 'dictionary'; entries: ReadonlyMap<string, NwbPart> }
  | {
      kind: 'value';
      entry: Entry;
      read(file: H5File, memory: Memory): FileValue;
      slice(file: H5File, memory: Memory, ranges: readonly Range[], name: string): FileValue;
    }
  /** rows of different lengths */
  | {
      kind: 'list';
      length: number;
      entry: Entry;
      read(file: H5File, memory: Memory): FileValue;
      item(file: H5File, memory: Memory, row: number): FileValue;
    };

type Group = Extract<H5Node, { kind: 'group' }>;
type Dataset = Extract<H5Node, { kind: 'dataset' }>;

const tables = { units: '/units', electrodes: '/general/extracellular_ephys/electrodes' } as const;
const session = [
  'identifier',
  'session_description',
  'session_start_time',
  'timestamps_reference_time',
  'general/subject/subject_id',
  'general/subject/species',
  'general/session_id',
];

export function nwbParts(file: H5File, memory: Memory): Map<string, NwbPart> {
  const root = treeOf(file);
  const at = (path: string): H5Node | undefined => {
    let node: H5Node | undefined = root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      node = node?.kind === 'group' ? node.members.get(name) : undefined;
    }
    return node;
  };
  const parts = new Map<string, NwbPart>();
  const put = (name: string, entries: ReadonlyMap<string, NwbPart>): void => {
    if (entries.size > 0) parts.set(name, { kind: 'dictionary', entries });
  };
  const texts = session.flatMap((path): [string, NwbPart][] => {
    const node = at(path);
    return node?.kind === 'dataset' ? [[path.split('/').at(-1)!, valuePart(node)]] : [];
  });
  put('session', new Map(texts));
  for (const [name, path] of Object.entries(tables)) {
    const node = at(path);
    if (node?.kind === 'group') put(name, columnsOf(file, node, memory));
  }
  const intervals = at('/intervals');
  if (intervals?.kind === 'group') {
    const found = [...intervals.members].flatMap(([name, node]): [string, NwbPart][] =>
      node.kind === 'group' ? [[name, { kind: 'dictionary', entries: columnsOf(file, node, memory) }]] : [],
    );
    put('intervals', new Map(found));
  }
  const series = ['/processing', '/acquisition'].flatMap((path) => {
    const node = at(path);
    return node ? seriesIn(file, node, memory) : [];
  });
  put('series', new Map(series));
  const scratch = at('/scratch');
  if (scratch?.kind === 'group') {
    const found = [...scratch.members].flatMap(([name, node]): [string, NwbPart][] =>
      node.kind === 'dataset' ? [[name, valuePart(node)]] : [],
    );
    put('scratch', new Map(found));
  }
  return parts;
}

/** A table: one dataset per column; that named COLUMN_index says where the rows of COLUMN end. */
function columnsOf(file: H5File, { members }: Group, memory: Memory): Map<string, NwbPart> {
  const columns = new Map<string, NwbPart>();
  for (const [name, node] of members) {
    if (node.kind !== 'dataset' || (name.endsWith('_index') && members.has(name.slice(0, -6)))) continue;
    const index = members.get(`${name}_index`);
    const nested = members.has(`${name}_index_index`);
    columns.set(name, index?.kind === 'dataset' && !nested ? rowsPart(file, node, index, memory) : valuePart(node));
  }
  return columns;
}

function valuePart({ path, metadata }: Dataset): NwbPart {
  return {
    kind: 'value',
    entry: entryOf(metadata),
    read: (file, memory) => valueOf(file, path, metadata, memory),
    slice(file, memory, ranges, name) {
      const { shape } = metadata;
      const sliced = shape ? numbersOf(file, path, metadata, placed(shape, ranges, name), 'same', memory) : null;
      return sliced ?? openValue(valueOf(file, path, metadata, memory), name).slice([], ranges);
    },
  };
}

/** index: where each row ends, counted in elements of the first axis */
function rowsPart(file: H5File, { path, metadata }: Dataset, index: Dataset, memory: Memory): NwbPart {
  const ends = valueOf(file, index.path, index.metadata, memory);
  const [length] = metadata.shape ?? [];
  const sound =
    isArray(ends) &&
    ends.data.every((end: number, row: number) => end >= (row === 0 ? 0 : ends.data[row - 1])) &&
    (ends.data.length === 0 || (length !== undefined && ends.data.at(-1)! <= length));
  if (!sound) return file.fail(`"${index.path}" does not tell where the rows of "${path}" end`);
  const { data } = ends;
  const place = (row: number): [number, number] => [row === 0 ? 0 : data[row - 1], data[row]];
  const rowEntry = (row: number): Entry => {
    const whole = entryOf(metadata);
    const [from, to] = place(row);
    if (whole.kind !== 'array') return { kind: 'list', length: to - from, items: [] };
    return { ...whole, shape: [to - from, ...whole.shape.slice(1)] };
  };
  const rows = Array.from(data, (_, row) => row);
  return {
    kind: 'list',
    length: data.length,
    entry: { kind: 'list', length: data.length, items: rows.slice(0, limits.described / 20).map(rowEntry) },
    read(open, room) {
      const whole = valueOf(open, path, metadata, room);
      return rows.map((row) => rowOf(whole, ...place(row)));
    },
    item(open, room, row) {
      const { shape } = metadata;
      const [from, to] = place(row);
      const part = { from: shape!.map((_, axis) => (axis === 0 ? from : 0)), shape: [to - from, ...shape!.slice(1)] };
      return (
        numbersOf(open, path, metadata, part, 'same', room) ?? rowOf(valueOf(open, path, metadata, room), from, to)
      );
    },
  };
}

function rowOf(whole: FileValue, from: number, to: number): FileValue {
  if (Array.isArray(whole)) return whole.slice(from, to);
  if (whole instanceof Map) return new Map([...whole].map(([key, inner]) => [key, rowOf(inner, from, to)]));
  if (!isArray(whole)) return null;
  const width = whole.data.length / Math.max(1, whole.shape[0]);
  const row: FileArray = {
    ...whole,
    shape: [to - from, ...whole.shape.slice(1)],
    data: whole.data.slice(from * width, to * width),
  };
  return row;
}

/** Groups with data and its times, however deep. */
function seriesIn(file: H5File, node: H5Node, memory: Memory): [string, NwbPart][] {
  if (node.kind !== 'group') return [];
  const { members, path } = node;
  const [data, timestamps, start] = ['data', 'timestamps', 'starting_time'].map((name) => members.get(name));
  if (data?.kind !== 'dataset' || (timestamps?.kind !== 'dataset' && start?.kind !== 'dataset')) {
    return [...members.values()].flatMap((inner) => seriesIn(file, inner, memory));
  }
  const entries = new Map<string, NwbPart>([['data', valuePart(data)]]);
  const about = attributesOf(file, data.path, memory);
  for (const name of ['unit', 'conversion', 'offset']) {
    if (about.has(name)) entries.set(name, constant(about.get(name)!));
  }
  if (timestamps?.kind === 'dataset') entries.set('timestamps', valuePart(timestamps));
  else if (start?.kind === 'dataset') {
    entries.set('starting_time', valuePart(start));
    entries.set('rate', constant(attributesOf(file, start.path, memory).get('rate') ?? null));
  }
  return [[path, { kind: 'dictionary', entries }]];
}

function constant(value: FileValue): NwbPart {
  const file = openValue(value, 'an attribute');
  return {
    kind: 'value',
    entry: file.root,
    read: () => value,
    slice: (_file, _memory, ranges) => file.slice([], ranges),
  };
}
