/** Writes small MATLAB 5 files: what the reader is told to expect, byte by byte. */
import { zlibSync } from 'fflate';
import { joined, text } from './files.ts';

/** An array without its name. */
export type MatValue = (name: string, order: Order) => Uint8Array;
type Order = { bigEndian: boolean };

const classes = {
  cell: 1,
  struct: 2,
  char: 4,
  sparse: 5,
  double: 6,
  single: 7,
  int8: 8,
  uint8: 9,
  int16: 10,
  uint16: 11,
  int32: 12,
  uint32: 13,
  int64: 14,
  uint64: 15,
};
export type MatClass = Exclude<keyof typeof classes, 'cell' | 'struct' | 'char' | 'sparse'>;

type Stored = {
  type: number;
  width: number;
  set: (view: DataView, at: number, value: number, little: boolean) => void;
};
export const matTypes: Record<MatClass, Stored> = {
  int8: { type: 1, width: 1, set: (v, at, x) => v.setInt8(at, x) },
  uint8: { type: 2, width: 1, set: (v, at, x) => v.setUint8(at, x) },
  int16: { type: 3, width: 2, set: (v, at, x, le) => v.setInt16(at, x, le) },
  uint16: { type: 4, width: 2, set: (v, at, x, le) => v.setUint16(at, x, le) },
  int32: { type: 5, width: 4, set: (v, at, x, le) => v.setInt32(at, x, le) },
  uint32: { type: 6, width: 4, set: (v, at, x, le) => v.setUint32(at, x, le) },
  single: { type: 7, width: 4, set: (v, at, x, le) => v.setFloat32(at, x, le) },
  double: { type: 9, width: 8, set: (v, at, x, le) => v.setFloat64(at, x, le) },
  int64: { type: 12, width: 8, set: (v, at, x, le) => v.setBigInt64(at, BigInt(x), le) },
  uint64: { type: 13, width: 8, set: (v, at, x, le) => v.setBigUint64(at, BigInt(x), le) },
};

function bytesOf(values: readonly number[], { width, set }: Stored, { bigEndian }: Order): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, i) => set(view, i * width, value, !bigEndian));
  return new Uint8Array(view.buffer);
}

/** Up to 4 bytes lie in the tag, as MATLAB writes them. */
function element(type: number, bytes: Uint8Array, order: Order): Uint8Array {
  const words = (...values: number[]) => bytesOf(values, matTypes.uint32, order);
  if (bytes.length > 0 && bytes.length <= 4) {
    return joined(words(type | (bytes.length << 16)), bytes, new Uint8Array(4 - bytes.length));
  }
  return joined(words(type, bytes.length), bytes, new Uint8Array((8 - (bytes.length % 8)) % 8));
}

function matrix(
  kind: number,
  flags: number,
  shape: readonly number[],
  parts: (order: Order) => Uint8Array[],
): MatValue {
  return (name, order) =>
    element(
      14,
      joined(
        element(6, bytesOf([kind | (flags << 8), 0], matTypes.uint32, order), order),
        element(5, bytesOf(shape, matTypes.int32, order), order),
        element(1, text(name), order),
        ...parts(order),
      ),
      order,
    );
}

type NumberOptions = { as?: MatClass; storedAs?: MatClass; imag?: readonly number[]; logical?: boolean };

/** values: in MATLAB's order, first axis fastest */
export function matNumbers(
  shape: readonly number[],
  values: readonly number[],
  { as = 'double', storedAs = as, imag, logical = false }: NumberOptions = {},
): MatValue {
  const stored = matTypes[storedAs];
  return matrix(classes[as], (imag ? 8 : 0) | (logical ? 2 : 0), shape, (order) =>
    [values, ...(imag ? [imag] : [])].map((part) => element(stored.type, bytesOf(part, stored, order), order)),
  );
}

/** Rows of one length. */
export function matText(rows: readonly string[], kind: 'utf8' | 'utf16' | 'bytes' = 'utf16'): MatValue {
  const columns = rows[0].length;
  const codes = Array.from({ length: columns }, (_, c) => rows.map((row) => row.charCodeAt(c))).flat();
  return matrix(classes.char, 0, [rows.length, columns], (order) => {
    if (kind === 'utf8') return [element(16, new TextEncoder().encode(String.fromCharCode(...codes)), order)];
    const stored = kind === 'bytes' ? matTypes.uint8 : matTypes.uint16;
    return [element(kind === 'bytes' ? 2 : 17, bytesOf(codes, stored, order), order)];
  });
}

export function matCell(shape: readonly number[], values: readonly MatValue[]): MatValue {
  return matrix(classes.cell, 0, shape, (order) => values.map((value) => value('', order)));
}

/** structs: all with the same fields */
export function matStruct(shape: readonly number[], structs: readonly Record<string, MatValue>[]): MatValue {
  const width = 32;
  const names = Object.keys(structs[0] ?? {});
  return matrix(classes.struct, 0, shape, (order) => [
    element(5, bytesOf([width], matTypes.int32, order), order),
    element(1, joined(...names.map((name) => joined(text(name), new Uint8Array(width - name.length)))), order),
    ...structs.flatMap((fields) => names.map((name) => fields[name]('', order))),
  ]);
}

/** Compressed columns. */
export function matSparse(
  [rows, columns]: readonly [number, number],
  { rowOf, starts, values }: { rowOf: number[]; starts: number[]; values: number[] },
): MatValue {
  return matrix(classes.sparse, 0, [rows, columns], (order) => [
    element(5, bytesOf(rowOf, matTypes.int32, order), order),
    element(5, bytesOf(starts, matTypes.int32, order), order),
    element(9, bytesOf(values, matTypes.double, order), order),
  ]);
}

/** Of a class that is no plain value, as MATLAB keeps tables. */
export const matOpaque: MatValue = matrix(17, 0, [1, 1], () => []);

type FileOptions = {
  bigEndian?: boolean;
  compressed?: boolean;
  version?: number;
  /** instead of what is compressed */
  repack?: (bytes: Uint8Array) => Uint8Array;
};

export function matFile(
  variables: readonly (readonly [name: string, value: MatValue])[],
  { bigEndian = false, compressed = false, version = 0x0100, repack = (bytes) => bytes }: FileOptions = {},
): Uint8Array {
  const order = { bigEndian };
  const header = new Uint8Array(128).fill(0x20);
  header.set(text('MATLAB 5.0 MAT-file, made by a test'));
  header.fill(0, 116, 124);
  header.set(bytesOf([version, 0x4d49], matTypes.uint16, order), 124);
  const elements = variables.map(([name, value]) => {
    const plain = value(name, order);
    if (!compressed) return plain;
    const packed = zlibSync(repack(plain));
    return joined(bytesOf([15, packed.length], matTypes.uint32, order), packed);
  });
  return joined(header, ...elements);
}

/** One of everything. */
export const matSamples: [string, MatValue][] = [
  ['rates', matNumbers([2, 3, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])],
  ['small', matNumbers([1, 2], [3, 4], { storedAs: 'uint8' })],
  ['z', matNumbers([1, 2], [1, 2], { imag: [3, 4] })],
  ['on', matNumbers([1, 3], [1, 0, 1], { as: 'uint8', logical: true })],
  ['word', matText(['abc'])],
  ['list', matCell([1, 2], [matText(['x'], 'utf8'), matNumbers([1, 1], [7])])],
  ['unit', matStruct([1, 1], [{ time: matNumbers([1, 2], [0.5, 1]), tag: matText(['m1'], 'bytes') }])],
  ['units', matStruct([1, 2], [{ n: matNumbers([1, 1], [1]) }, { n: matNumbers([1, 1], [2]) }])],
  ['sparse', matSparse([3, 2], { rowOf: [0, 2, 1], starts: [0, 2, 3], values: [5, 6, 7] })],
];
