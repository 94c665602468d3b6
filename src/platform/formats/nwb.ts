/**
 * NWB 2 files (Neurodata Without Borders): HDF5 with an agreed layout, read as a dictionary of what analysis needs:
 *
 *   session      texts that describe the session, where they are there
 *   units        columns of the table of units; spike_times: one array of seconds per unit
 *   intervals    by name (trials, epochs, …): columns of each table; start_time, stop_time in seconds
 *   electrodes   columns of the table of electrodes
 *   series       by path in the file: data, unit, and timestamps (seconds) or starting_time (seconds) and rate (Hz);
 *                values in the unit are data × conversion + offset
 *   scratch      by name, what lies under /scratch itself
 *
 * All else is left out; it opens as HDF5 under another name.
 */
import { LabError } from '../../core/errors.ts';
import { defineFormat } from '../../core/data/formats/format.ts';
import type { Entry, FileValue, OpenFile } from '../../core/data/formats/format.ts';
import { Memory } from '../../core/data/formats/memory.ts';
import { arrayOf, noSuch, openValue, valueAt } from '../../core/data/formats/openValue.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import { withH5 } from './h5File.ts';
import { isHdf5 } from './hdf5.ts';
import { nwbParts } from './nwbParts.ts';
import type { NwbPart } from './nwbParts.ts';

export const nwb = defineFormat({
  id: 'nwb',
  label: 'NWB 2',
  extensions: ['.nwb'],
  recognises: (source) => isHdf5(source) && isNwb(source),
  open: openNwb,
});

function isNwb(source: ByteSource): boolean {
  try {
    return withH5(source, '', (file) => file.attributeNames('/').includes('nwb_version'));
  } catch (error) {
    if (error instanceof LabError) return false;
    throw error;
  }
}

function openNwb(source: ByteSource, name: string): OpenFile {
  const parts = withH5(source, name, (file) => nwbParts(file, new Memory(name)));
  /** The part that the path leads to, and what of the path is inside it. */
  const find = (path: readonly (string | number)[]): { part: NwbPart; rest: readonly (string | number)[] } => {
    let part: NwbPart = { kind: 'dictionary', entries: parts };
    for (const [k, step] of path.entries()) {
      if (part.kind !== 'dictionary') return { part, rest: path.slice(k) };
      part = part.entries.get(String(step)) ?? noSuch(path, name);
    }
    return { part, rest: [] };
  };
  return {
    root: entryOf({ kind: 'dictionary', entries: parts }),
    read: (path = []) =>
      withH5(source, name, (file) => {
        const memory = new Memory(name);
        const valueOf = (part: NwbPart): FileValue =>
          part.kind === 'dictionary'
            ? new Map([...part.entries].map(([key, inner]) => [key, valueOf(inner)]))
            : part.read(file, memory);
        const { part, rest } = find(path);
        if (part.kind === 'list' && rest.length > 0) {
          const [row, ...inside] = rest;
          if (!(Number(row) < part.length)) noSuch(path, name);
          return valueAt(part.item(file, memory, Number(row)), inside, name);
        }
        return valueAt(valueOf(part), rest, name);
      }),
    slice: (path, ranges) =>
      withH5(source, name, (file) => {
        const memory = new Memory(name);
        const { part, rest } = find(path);
        if (part.kind === 'dictionary') return noSuch(path, name);
        if (part.kind === 'list' && Number(rest[0]) < part.length) {
          return openValue(part.item(file, memory, Number(rest[0])), name).slice(rest.slice(1), ranges);
        }
        if (part.kind === 'list') return noSuch(path, name);
        return arrayOf(valueAt(part.slice(file, memory, ranges, name), rest, name), path, name);
      }),
  };
}

function entryOf(part: NwbPart): Entry {
  if (part.kind !== 'dictionary') return part.entry;
  return { kind: 'dictionary', entries: new Map([...part.entries].map(([key, inner]) => [key, entryOf(inner)])) };
}
