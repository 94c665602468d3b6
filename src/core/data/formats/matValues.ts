/** Arrays of MATLAB 5 files that hold no others: numbers, sparse matrices, texts. */
import { sizeOf } from '../../math/tensor.ts';
import { readArray } from './arrays.ts';
import { widthOf } from './elements.ts';
import type { Dtype, Entry, FileArray, FileValue } from './format.ts';
import { limits } from './limits.ts';
import { bytesOf, classes, wholeNumbers } from './matArrays.ts';
import type { MatContext, MatHead, MatMaker } from './matArrays.ts';
import { elementTypes, storedAs } from './matElements.ts';
import type { MatElement } from './matElements.ts';
import { describe } from './openValue.ts';
import type { Slice } from './openValue.ts';

export const values: MatMaker<FileValue> = {
  leaf(head, context) {
    const { reader, kind, shape, dtype } = head;
    if (kind === null) return null;
    if (kind === classes.char) return textOf(reader.next(), shape, context);
    if (kind === classes.sparse) return sparseOf(head, context);
    if (reader.left === 0 && sizeOf(shape) === 0) return emptyArray(dtype, shape);
    return inParts(head, () => numbersOf(reader.next(), dtype, shape, context));
  },
  list: (items) => items,
  dictionary: (entries) => entries,
};

/** What is in an array, without its numbers. */
export const descriptions: MatMaker<Entry> = {
  leaf(head, context) {
    const { kind, shape, dtype, complex } = head;
    const array: Entry = { kind: 'array', dtype, shape };
    if (kind === null || kind === classes.char) return describe(values.leaf(head, context));
    return complex ? { kind: 'dictionary', entries: new Map([['real', array], ['imag', array]]) } : array; // prettier-ignore
  },
  list: (items) => ({ kind: 'list', length: items.length, items }),
  dictionary: (entries) => ({ kind: 'dictionary', entries }),
};

/** Part of an array of numbers. */
export function slicedNumbers(head: MatHead, part: Slice, context: MatContext): FileValue {
  const { reader, dtype, shape } = head;
  return inParts(head, () => numbersOf(reader.next(), dtype, shape, context, part));
}

/** Numbers may be stored in a smaller type than their own. */
function numbersOf(
  { type, length, content }: MatElement,
  of: Dtype,
  shape: readonly number[],
  { littleEndian, fail, memory }: MatContext,
  part?: Slice,
): FileArray {
  const dtype = storedAs(type);
  if (dtype === undefined) return fail(`numbers are stored as type ${type}, which is none`);
  const expected = sizeOf(shape) * widthOf(dtype);
  if (length !== expected) fail(`an array of ${shape.join(' × ')} needs ${expected} bytes, found ${length}`);
  return readArray(content, { dtype, of, shape, littleEndian, fortranOrder: true }, memory, part);
}

/** No numbers: there can be millions of such arrays, so they share them. */
const none = { float32: new Float32Array(), other: new Float64Array() };
const emptyArray = (dtype: Dtype, shape: readonly number[]): FileArray => ({
  kind: 'array',
  dtype,
  shape,
  data: dtype === 'float32' ? none.float32 : none.other,
});

/** Real numbers, or real and imaginary parts one after the other. */
function inParts({ complex }: MatHead, read: () => FileArray): FileValue {
  if (!complex) return read();
  const real = read();
  return new Map([
    ['real', real],
    ['imag', read()],
  ]);
}

/** Compressed columns: row of each value, where each column begins, the values. */
function sparseOf(head: MatHead, context: MatContext): FileValue {
  const { reader, shape, complex, dtype } = head;
  const { fail, memory } = context;
  const [rows, columns] = shape;
  const size = sizeOf(shape);
  if (shape.length !== 2) fail(`a sparse matrix has ${shape.length} axes, expected 2`);
  context.sparseLeft -= size * (complex ? 2 : 1);
  if (context.sparseLeft < 0) {
    fail(`its sparse matrices have more than ${limits.sparse} elements when filled; save them as full ones`);
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
  return inParts(head, () => {
    const element = reader.next();
    const width = widthOf(storedAs(element.type) ?? 'uint8');
    const stored = numbersOf(element, dtype, [element.length / width, 1], context);
    if (stored.data.length < count) fail(`a sparse matrix of ${count} values holds ${stored.data.length}`);
    const data = memory.numbers('float64', size);
    for (let c = 0; c < columns; c++) {
      for (let k = starts[c]; k < starts[c + 1]; k++) data[rowOf[k] * columns + c] = stored.data[k];
    }
    return { kind: 'array', dtype, shape, data };
  });
}

/** Text in rows; one row is a text, several are a list. */
function textOf(element: MatElement, shape: readonly number[], context: MatContext): FileValue {
  const units = codesOf(element, context);
  const [rows, columns] = [shape[0], sizeOf(shape.slice(1))];
  if (units.length === 0 || rows <= 1) return units.join('');
  if (units.length !== rows * columns) context.fail(`a text of ${shape.join(' × ')} holds ${units.length} characters`);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (__, c) => units[c * rows + r])
      .join('')
      .trimEnd(),
  );
}

function codesOf(element: MatElement, { littleEndian, fail, memory }: MatContext): string[] {
  const { type } = element;
  memory.take(16 * element.length);
  const bytes = bytesOf(element);
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
