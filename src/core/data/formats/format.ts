/** What a file format has to offer. One file per format; `index.ts` lists them. */

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

/** What is in a file: plain data, never code. Dictionaries keep the order of the file. */
export type FileValue =
  null | boolean | number | bigint | string | Uint8Array | FileArray | FileValue[] | Map<string, FileValue>;

export type Format = {
  readonly id: string;
  readonly label: string;
  /** lower case, with the dot */
  readonly extensions: readonly string[];
  /** by content first; the name only breaks ties */
  recognises(bytes: Uint8Array, name: string): boolean;
  /** Throws LabError `format.*` for anything damaged, unsupported or unsafe. */
  read(bytes: Uint8Array, name: string): FileValue;
};
