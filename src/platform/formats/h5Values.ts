/** Elements of datasets and attributes → values. */
import { sizeOf } from '../../core/math/tensor.ts';
import { numbersIn, toNativeOrder } from '../../core/data/formats/elements.ts';
import type { Entry, FileArray, FileValue } from '../../core/data/formats/format.ts';
import type { Memory } from '../../core/data/formats/memory.ts';
import type { Block, H5File } from './h5File.ts';
import type { Metadata } from './h5Module.ts';
import { readNumbers } from './h5Numbers.ts';
import { typeOf } from './h5Types.ts';
import type { H5Type } from './h5Types.ts';

/** Elements of texts, lists and records of one dataset. */
const mostElements = 50_000_000;

/** Each text or list of its own takes a share of the file that packing cannot save, and time to be looked up. */
const variableShare = 1000;

/** What a dataset or an attribute is, as far as its metadata tell. */
export function entryOf(metadata: Metadata): Entry {
  const { shape } = metadata;
  if (shape === null) return { kind: 'plain', value: null };
  return entryOfType(typeOf(metadata), shape);
}

function entryOfType(type: H5Type, shape: readonly number[]): Entry {
  const { length } = { length: sizeOf(shape) };
  switch (type.kind) {
    case 'numbers':
      return { kind: 'array', dtype: type.dtype, shape };
    case 'complex': {
      const part: Entry = { kind: 'array', dtype: type.dtype, shape };
      return { kind: 'dictionary', entries: new Map([['real', part], ['imag', part]]) }; // prettier-ignore
    }
    case 'blocks':
      return { kind: 'array', dtype: type.of.dtype, shape: [...shape, ...type.shape] };
    case 'records':
      return {
        kind: 'dictionary',
        entries: new Map(type.fields.map(({ name, type: field }) => [name, entryOfType(field, shape)])),
      };
    case 'text':
    case 'reference':
    case 'ragged':
      return shape.length === 0 ? { kind: 'plain', value: '' } : { kind: 'list', length, items: [] };
    default:
      return { kind: 'plain', value: null };
  }
}

/** The value of a dataset, or of one of its attributes. */
export function valueOf(file: H5File, path: string, metadata: Metadata, memory: Memory, attribute?: string): FileValue {
  const { shape } = metadata;
  if (shape === null) return null;
  const type = typeOf(metadata);
  const whole: Block = { from: shape.map(() => 0), shape };
  if (attribute === undefined && (type.kind === 'numbers' || type.kind === 'complex')) {
    return numbersOf(file, path, metadata, whole, 'same', memory);
  }
  return read(file, path, type, shape, memory, attribute);
}

/** Real or complex numbers of a dataset, in part; null where it holds others. */
export function numbersOf(
  file: H5File,
  path: string,
  metadata: Metadata,
  part: Block,
  axes: 'same' | 'reversed',
  memory: Memory,
  of?: FileArray['dtype'],
): FileValue {
  const type = typeOf(metadata);
  if (type.kind === 'numbers') {
    const { dtype, width } = type;
    return readNumbers(file, path, metadata, { dtype, width, offset: 0, of: of ?? dtype, part, axes }, memory);
  }
  if (type.kind !== 'complex') return null;
  const { dtype, width } = type;
  const half = (offset: number): FileArray =>
    readNumbers(file, path, metadata, { dtype, width, offset, of: dtype, part, axes }, memory);
  return new Map([
    ['real', half(0)],
    ['imag', half(width / 2)],
  ]);
}

function read(
  file: H5File,
  path: string,
  type: H5Type,
  shape: readonly number[],
  memory: Memory,
  attribute?: string,
): FileValue {
  const count = sizeOf(shape);
  const bytes = count * type.width;
  if (type.kind === 'unknown') return null;
  if (!(count <= mostElements)) file.fail(`"${path}" has ${count} elements, expected ${mostElements} at most`);
  file.requirePossible(isVariable(type) ? count * variableShare : bytes, path);
  memory.take(bytes);
  if (count === 0) return type.kind === 'numbers' ? emptyArray(type.dtype, shape) : [];
  const reclaim = isVariable(type);
  return file.use(
    path,
    null,
    bytes,
    (heap, at) => valueAt(file, { heap, at, step: type.width, count }, type, shape, memory),
    { reclaim, ...(attribute === undefined ? {} : { attribute }) },
  );
}

const isVariable = (type: H5Type): boolean =>
  type.kind === 'ragged' ||
  (type.kind === 'text' && type.variable) ||
  (type.kind === 'records' && type.fields.some((field) => isVariable(field.type)));

/** Elements in the library's memory, `step` bytes from one to the next. */
type Elements = { heap: Uint8Array<ArrayBuffer>; at: number; step: number; count: number };

function valueAt(file: H5File, elements: Elements, type: H5Type, shape: readonly number[], memory: Memory): FileValue {
  const { heap, at, step, count } = elements;
  memory.objects();
  const each = (make: (at: number) => FileValue): FileValue => {
    memory.scalars(count);
    const items = Array.from({ length: count }, (_, i) => make(at + i * step));
    return shape.length === 0 ? items[0]! : items;
  };
  switch (type.kind) {
    case 'numbers': {
      const data = memory.numbers(type.dtype, count);
      data.set(gather(elements, type, count));
      return { kind: 'array', dtype: type.dtype, shape, data };
    }
    case 'complex': {
      const part = (offset: number): FileArray => {
        const numbers = { kind: 'numbers', dtype: type.dtype, width: type.width / 2, littleEndian: true } as const;
        return valueAt(file, { ...elements, at: at + offset }, numbers, shape, memory) as FileArray;
      };
      return new Map([['real', part(0)], ['imag', part(type.width / 2)]]); // prettier-ignore
    }
    case 'blocks': {
      const inner = type.width / type.of.width;
      const flat = { heap, at, step: type.of.width, count: count * inner };
      if (step !== type.width) return null; // inside of records
      return valueAt(file, flat, type.of, [...shape, ...type.shape], memory);
    }
    case 'text':
      return each((place) => textAt(heap, place, type, memory));
    case 'reference':
      return each((place) => file.referenced(heap.slice(place, place + type.width)));
    case 'ragged':
      return each((place) => {
        const [length, from] = words(heap, place);
        if (from + length * type.of.width > heap.length) file.fail('a list lies outside of the file');
        return valueAt(file, { heap, at: from, step: type.of.width, count: length }, type.of, [length], memory);
      });
    case 'records': {
      const fields = type.fields.map(({ name, offset, type: field }): [string, FileValue] => [
        name,
        valueAt(file, { ...elements, at: at + offset }, field, shape, memory),
      ]);
      return new Map(fields);
    }
    default:
      return null;
  }
}

function gather(
  { heap, at, step }: Elements,
  { dtype, width, littleEndian }: Numbers,
  count: number,
): ArrayLike<number> {
  const copy = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < width; b++) copy[i * width + b] = heap[at + i * step + b];
  }
  toNativeOrder(copy, width, littleEndian);
  return numbersIn(copy.buffer, dtype, count);
}

type Numbers = Extract<H5Type, { kind: 'numbers' }>;

function textAt(
  heap: Uint8Array,
  place: number,
  { variable, width, padded }: Extract<H5Type, { kind: 'text' }>,
  memory: Memory,
): string {
  const [from] = variable ? words(heap, place) : [place];
  if (from === 0) return '';
  const end = heap.indexOf(0, from);
  const longest = variable ? heap.length : from + width;
  const bytes = heap.slice(from, end < 0 ? longest : Math.min(end, longest));
  memory.take(2 * bytes.length);
  const text = new TextDecoder().decode(bytes);
  return padded ? text.trimEnd() : text;
}

/** Two whole numbers of 32 bits. */
function words(heap: Uint8Array, at: number): [number, number] {
  const view = new DataView(heap.buffer, at, Math.min(8, heap.length - at));
  return [view.getUint32(0, true), view.byteLength === 8 ? view.getUint32(4, true) : 0];
}

const emptyArray = (dtype: FileArray['dtype'], shape: readonly number[]): FileArray => ({
  kind: 'array',
  dtype,
  shape,
  data: dtype === 'float32' ? new Float32Array() : new Float64Array(),
});

/** Attributes of an object by name; those of unknown types are left out. */
export function attributesOf(file: H5File, path: string, memory: Memory): Map<string, FileValue> {
  const attributes = new Map<string, FileValue>();
  for (const name of file.attributeNames(path)) {
    attributes.set(name, valueOf(file, path, file.attributeMetadata(path, name), memory, name));
  }
  return attributes;
}
