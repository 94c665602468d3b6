/** How the content of a file becomes a recording of spikes. One file per kind of content. */
import type { Entry, FileArray, FileValue, OpenFile } from '../../formats/format.ts';
import { isArray } from '../../formats/openValue.ts';
import { LabError } from '../../../errors.ts';
import type { ReadAs } from '../rateOptions.ts';
import type { SpikeRecording } from '../recording.ts';

export type SpikeSource = {
  /** what a dataset's layout begins with */
  readonly id: string;
  /** root: what is in the file, its numbers not being read */
  recognises(root: Entry): boolean;
  /** Reads what it needs, and no more. as: where the file leaves something open. Throws LabError `spikes.*` where the content contradicts the layout. */
  read(file: OpenFile, fileName: string, as: ReadAs): SpikeRecording;
};

export type Entries = ReadonlyMap<string, Entry>;

export const entriesOf = (entry: Entry | undefined): Entries =>
  entry?.kind === 'dictionary' ? entry.entries : new Map();

export function refuse(code: string, fileName: string, what: string): never {
  throw new LabError(`spikes.${code}`, `Reading "${fileName}" as spikes: ${what}`);
}

/** Whether it is a row of numbers, in whatever direction; empty ones too. */
export function isVector(entry: Entry | undefined): entry is Extract<Entry, { kind: 'array' }> {
  return entry?.kind === 'array' && lengthOf(entry.shape) !== null;
}

/** Of an array with one axis that is longer than 1; null: it has more. */
function lengthOf(shape: readonly number[]): number | null {
  const size = shape.reduce((n, extent) => n * extent, 1);
  return size === Math.max(0, ...shape) || size <= 1 ? size : null;
}

/** The numbers of a row or column, or of a single number; null where it is something else. */
export function vectorOf(value: FileValue | undefined): Float64Array | null {
  if (typeof value === 'number') return Float64Array.of(value);
  if (typeof value === 'boolean') return Float64Array.of(Number(value));
  if (isArray(value) && lengthOf(value.shape) !== null) return Float64Array.from(value.data);
  if (Array.isArray(value) && value.length === 0) return new Float64Array();
  return null;
}

/** Spike times in ascending order. */
export function spikeTimes(value: FileValue | undefined, of: string, fileName: string): Float64Array {
  const times = vectorOf(value);
  if (!times) return refuse('times', fileName, `expected a list of times for ${of}, found something else.`);
  const bad = times.findIndex((time) => !Number.isFinite(time));
  if (bad >= 0) refuse('times', fileName, `spike ${bad} (from 0) of ${of} has no time. Leave such spikes out.`);
  return isAscending(times) ? times : times.sort();
}

export function isAscending(values: Float64Array): boolean {
  for (let k = 1; k < values.length; k++) if (values[k] < values[k - 1]) return false;
  return true;
}

/** A matrix with two columns, or two rows: the one and the other. */
export function pairsOf(value: FileValue | undefined): [Float64Array, Float64Array] | null {
  if (!isArray(value) || value.shape.length !== 2) return null;
  const [rows, columns] = value.shape;
  if (columns === 2) return [strided(value, 0, 2, rows), strided(value, 1, 2, rows)];
  if (rows === 2) return [strided(value, 0, 1, columns), strided(value, columns, 1, columns)];
  return null;
}

export function strided({ data }: FileArray, first: number, step: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => data[first + k * step]);
}

export const withoutEnding = (fileName: string): string => fileName.replace(/\.[^.]*$/, '');
