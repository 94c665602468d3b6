/**
 * Arrays of MATLAB 5 files → plain values. Numbers and logicals are arrays, texts are text (several rows: a list), a struct
 * is a dictionary, a struct array and a cell array are lists in MATLAB's own order (first axis fastest), complex numbers a
 * dictionary of real and imag, sparse matrices full ones. Objects, tables and function handles are left out as null.
 */
import { sizeOf } from '../../math/tensor.ts';
import { mostAxes, readElements, widthOf } from './elements.ts';
import type { Dtype, FileArray, FileValue } from './format.ts';
import { elementTypes, MatReader, storedAs } from './matElements.ts';
import type { Fail, MatElement } from './matElements.ts';

const classes = { cell: 1, struct: 2, object: 3, char: 4, sparse: 5 } as const;
const numeric: Readonly<Record<number, Dtype>> = {
  6: 'float64',
  7: 'float32',
  8: 'int8',
  9: 'uint8',
  10: 'int16',
  11: 'uint16',
  12: 'int32',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
};
const flagBits = { complex: 0x08, logical: 0x02 } as const;

const deepest = 64;
/** Elements that the sparse matrices of a file together may fill. */
const mostSparse = 2 ** 24;

/** What the arrays of one file share. */
export type MatContext = { readonly littleEndian: boolean; readonly fail: Fail; sparseLeft: number };

export const matContext = (littleEndian: boolean, fail: Fail): MatContext => ({
  littleEndian,
  fail,
  sparseLeft: mostSparse,
});

type Head = { reader: MatReader; kind: number; flags: number; shape: number[]; name: string };

/** An element of type "matrix": its name and its value. */
export function readMatrix(element: MatElement, context: MatContext, depth = 0): { name: string; value: FileValue } {
  const { fail } = context;
  if (element.type !== elementTypes.matrix) fail(`expected an array, found an element of type ${element.type}`);
  if (depth > deepest) fail(`its arrays lie in one another more than ${deepest} deep`);
  if (element.bytes.length === 0) return { name: '', value: emptyArray('float64') };
  const reader = new MatReader(element.bytes, context.littleEndian, fail);
  const [word] = wholeNumbers(reader.next(), 6, context, 2);
  const [kind, flags] = [word & 0xff, (word >>> 8) & 0xff];
  if (!(kind in numeric) && !(Object.values(classes) as number[]).includes(kind)) return { name: '', value: null };
  if (kind === classes.object) return { name: '', value: null };
  const shape = wholeNumbers(reader.next(), 5, context);
  if (shape.length < 2 || shape.length > mostAxes) fail(`an array has ${shape.length} axes, expected 2 to ${mostAxes}`);
  if (shape.some((n) => n < 0) || !Number.isSafeInteger(sizeOf(shape))) fail('an array has an extent that cannot be');
  const name = latin(reader.next().bytes);
  return { name, value: valueOf({ reader, kind, flags, shape, name }, context, depth) };
}

function valueOf(head: Head, context: MatContext, depth: number): FileValue {
  const { reader, kind, flags, shape } = head;
  switch (kind) {
    case classes.cell:
      return children(head, context, depth, sizeOf(shape));
    case classes.struct:
      return structOf(head, context, depth);
    case classes.char:
      return textOf(reader.next(), shape, context);
    case classes.sparse:
      return sparseOf(head, context);
    default: {
      const dtype = (flags & flagBits.logical) !== 0 ? 'bool' : numeric[kind];
      return withImaginary(head, () => numbersOf(reader.next(), dtype, shape, context));
    }
  }
}

function children({ reader }: Head, context: MatContext, depth: number, count: number): FileValue[] {
  if (count > reader.left / 8) context.fail(`a list claims ${count} values, more than there are bytes for`);
  return Array.from({ length: count }, () => readMatrix(reader.next(), context, depth + 1).value);
}

function structOf(head: Head, context: MatContext, depth: number): FileValue {
  const { reader, shape } = head;
  const { fail } = context;
  const [width] = wholeNumbers(reader.next(), 5, context, 1);
  const text = reader.next().bytes;
  if (width < 1 || text.length % width !== 0) fail('the names of the fields of a struct do not fit their length');
  const names = Array.from({ length: text.length / width }, (_, k) => latin(text.subarray(k * width, (k + 1) * width)));
  if (new Set(names).size !== names.length) fail('a struct has two fields of one name');
  const count = sizeOf(shape);
  if (names.length === 0) return new Map();
  const values = children(head, context, depth, count * names.length);
  const structs = Array.from(
    { length: count },
    (_, s) => new Map(names.map((name, k) => [name, values[s * names.length + k]])),
  );
  return count === 1 ? structs[0] : structs;
}

/** Numbers may be stored in a smaller type than their own. */
function numbersOf(element: MatElement, dtype: Dtype, shape: number[], { littleEndian, fail }: MatContext): FileArray {
  const type = storedAs(element.type);
  if (type === undefined) return fail(`numbers are stored as type ${element.type}, which is none`);
  const expected = sizeOf(shape) * widthOf(type);
  if (element.bytes.length !== expected) {
    fail(`an array of ${shape.join(' × ')} needs ${expected} bytes, found ${element.bytes.length}`);
  }
  const { data } = readElements(element.bytes, { dtype: type, shape, littleEndian, fortranOrder: true });
  const kept = dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data);
  return { kind: 'array', dtype, shape, data: dtype === 'bool' ? kept.map((v) => (v === 0 ? 0 : 1)) : kept };
}

function withImaginary({ flags }: Head, read: () => FileArray): FileValue {
  const real = read();
  if ((flags & flagBits.complex) === 0) return real;
  return new Map([
    ['real', real],
    ['imag', read()],
  ]);
}

/** Compressed columns: row of each value, where each column begins, the values. */
function sparseOf(head: Head, context: MatContext): FileValue {
  const { reader, shape, flags } = head;
  const { fail } = context;
  const [rows, columns] = shape;
  const size = sizeOf(shape);
  if (shape.length !== 2) fail(`a sparse matrix has ${shape.length} axes, expected 2`);
  const parts = (flags & flagBits.complex) !== 0 ? 2 : 1;
  context.sparseLeft -= size * parts;
  if (context.sparseLeft < 0) {
    fail(`its sparse matrices have more than ${mostSparse} elements when filled; save them as full ones`);
  }
  const rowOf = wholeNumbers(reader.next(), 5, context);
  const starts = wholeNumbers(reader.next(), 5, context);
  const count = starts[columns];
  const sound =
    starts.length === columns + 1 &&
    starts[0] === 0 &&
    starts.every((s, c) => c === 0 || s >= starts[c - 1]) &&
    count <= rowOf.length &&
    rowOf.slice(0, count).every((row) => row >= 0 && row < rows);
  if (!sound) fail('the places of the values of a sparse matrix do not fit it');
  const dtype: Dtype = (flags & flagBits.logical) !== 0 ? 'bool' : 'float64';
  return withImaginary(head, () => {
    const element = reader.next();
    const width = widthOf(storedAs(element.type) ?? 'uint8');
    const stored = numbersOf(element, dtype, [element.bytes.length / width, 1], context);
    if (stored.data.length < count) fail(`a sparse matrix of ${count} values holds ${stored.data.length}`);
    const data = new Float64Array(size);
    for (let c = 0; c < columns; c++) {
      for (let k = starts[c]; k < starts[c + 1]; k++) data[rowOf[k] * columns + c] = stored.data[k];
    }
    return { kind: 'array', dtype, shape, data };
  });
}

/** Text in rows; one row is a text, several are a list. */
function textOf({ type, bytes }: MatElement, shape: number[], context: MatContext): FileValue {
  const units = codesOf({ type, bytes }, context);
  const [rows, columns] = [shape[0], sizeOf(shape.slice(1))];
  if (units.length === 0 || rows <= 1) return units.join('');
  if (units.length !== rows * columns) context.fail(`a text of ${shape.join(' × ')} holds ${units.length} characters`);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (__, c) => units[c * rows + r])
      .join('')
      .trimEnd(),
  );
}

function codesOf({ type, bytes }: MatElement, { littleEndian, fail }: MatContext): string[] {
  if (type === elementTypes.utf8) return [...new TextDecoder().decode(bytes)];
  const width = { 1: 1, 2: 1, 3: 2, 4: 2, [elementTypes.utf16]: 2, [elementTypes.utf32]: 4 }[type];
  if (width === undefined || bytes.length % width !== 0) return fail(`a text is stored as type ${type}, which is none`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / width }, (_, k) => {
    if (width === 1) return String.fromCharCode(view.getUint8(k));
    if (width === 2) return String.fromCharCode(view.getUint16(2 * k, littleEndian));
    const code = view.getUint32(4 * k, littleEndian);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** 32-bit whole numbers, signed (5) or not (6); fewest: how many there have to be at least. */
function wholeNumbers({ type, bytes }: MatElement, expected: 5 | 6, context: MatContext, fewest = 0): number[] {
  if ((type !== 5 && type !== 6) || bytes.length % 4 !== 0 || bytes.length < 4 * fewest) {
    context.fail(`expected ${fewest || 'some'} whole numbers of 32 bits, found ${bytes.length} bytes of type ${type}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian } = context;
  return Array.from({ length: bytes.length / 4 }, (_, k) =>
    expected === 5 ? view.getInt32(4 * k, littleEndian) : view.getUint32(4 * k, littleEndian),
  );
}

/** Up to the first zero byte. */
function latin(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end));
}

const emptyArray = (dtype: Dtype): FileArray => ({ kind: 'array', dtype, shape: [0, 0], data: new Float64Array() });
