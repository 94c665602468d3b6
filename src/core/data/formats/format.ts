/**
 * What a file format has to offer. One file per format; `index.ts` lists those that are pure, `platform/formats` adds those
 * that need WebAssembly (HDF5, MATLAB 7.3, NWB).
 *
 *   const format = formatOf(source, name);       // by content, see index.ts
 *   const file = format.open(source, name);      // reads what describes the file, not the numbers
 *   file.root                                    // names, shapes and types as a tree
 *   file.read(['unit', 'response'])              // one value, whole; without a path: all there is
 *   file.slice(['rates'], [[0, 10], null])       // part of an array: rows 0 to 9, all columns
 *
 * A path leads through dictionaries by key and through lists by number. Whatever is damaged, unsupported, unsafe or larger
 * than allowed (limits.ts) is a LabError `format.*`; nothing in a file is ever executed.
 */
import { LabError } from '../../errors.ts';
import { asSource } from './source.ts';
import type { ByteSource } from './source.ts';

export type Dtype =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64';

/** A numeric array of a file, in row-major order and native byte order, with the type it had there. */
export type FileArray = {
  readonly kind: 'array';
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** float64 for every type but float32; integers beyond 2^53 are refused by the reader */
  readonly data: Float64Array | Float32Array;
};

/**
 * What is in a file: plain data, never code. Dictionaries keep the order of the file. Complex numbers are a dictionary of
 * the arrays `real` and `imag`.
 */
export type FileValue =
  null | boolean | number | bigint | string | Uint8Array | FileArray | FileValue[] | Map<string, FileValue>;

/** What is known of a value before its numbers are read. */
export type Entry =
  | { readonly kind: 'array'; readonly dtype: Dtype; readonly shape: readonly number[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, Entry> }
  /** items: the first of them where there are very many */
  | { readonly kind: 'list'; readonly length: number; readonly items: readonly Entry[] }
  /** text: its beginning where it is long */
  | { readonly kind: 'plain'; readonly value: null | boolean | number | bigint | string }
  | { readonly kind: 'bytes'; readonly length: number };

/** Leads to a value: keys of dictionaries, numbers (from 0) of lists. */
export type Path = readonly (string | number)[];

/** Which part of an axis: from (included) to (excluded); null: all of it. */
export type Range = readonly [from: number, to: number] | null;

export type OpenFile = {
  readonly root: Entry;
  /** The value at the path, whole. */
  readonly read: (path?: Path) => FileValue;
  /** Part of the array at the path, with as many axes; axes without a range are taken whole. */
  readonly slice: (path: Path, ranges: readonly Range[]) => FileArray;
};

export type FormatDefinition = {
  readonly id: string;
  readonly label: string;
  /** lower case, with the dot */
  readonly extensions: readonly string[];
  /** By content first; the name only breaks ties. Reads little, and throws nothing. */
  recognises(source: ByteSource, name: string): boolean;
  open(source: ByteSource, name: string): OpenFile;
};

export type Format = FormatDefinition & {
  /** All there is in a file that lies in memory. */
  read(bytes: Uint8Array, name: string): FileValue;
};

/** The format as others see it: its errors name the file. */
export function defineFormat(definition: FormatDefinition): Format {
  const open: Format['open'] = (source, name) => {
    const file = named(name, () => definition.open(source, name));
    return {
      get root() {
        return named(name, () => file.root);
      },
      read: (path) => named(name, () => file.read(path)),
      slice: (path, ranges) => named(name, () => file.slice(path, ranges)),
    };
  };
  return { ...definition, open, read: (bytes, name) => open(asSource(bytes), name).read() };
}

/** Sources and streams do not know whose bytes they hold. */
function named<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof LabError && error.code === 'format.cutOff')) throw error;
    throw new LabError('format.cutOff', error.message.replace('Reading', `Reading "${name}":`), { cause: error });
  }
}
