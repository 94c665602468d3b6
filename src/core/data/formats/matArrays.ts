/**
 * Arrays of MATLAB 5 files. Numbers and logicals are arrays, texts are text (several rows: a list), a struct is a
 * dictionary, a struct array and a cell array are lists in MATLAB's own order (first axis fastest), complex numbers a
 * dictionary of real and imag, sparse matrices full ones. Objects, tables and function handles are left out as null.
 */
import { sizeOf } from '../../math/tensor.ts';
import { mostAxes } from './elements.ts';
import type { Dtype, Path } from './format.ts';
import { limits } from './limits.ts';
import { elementTypes, MatReader } from './matElements.ts';
import type { Fail, MatElement } from './matElements.ts';
import type { Memory } from './memory.ts';

export const classes = { cell: 1, struct: 2, object: 3, char: 4, sparse: 5 } as const;
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

/** What the arrays of one file share while they are read. */
export type MatContext = {
  readonly littleEndian: boolean;
  readonly fail: Fail;
  readonly memory: Memory;
  /** elements that sparse matrices may still fill */
  sparseLeft: number;
};

/** An array up to its name; what follows is still to be read. */
export type MatHead = {
  readonly reader: MatReader;
  /** null: left out */
  readonly kind: number | null;
  readonly shape: readonly number[];
  readonly name: string;
  readonly complex: boolean;
  /** of numbers: the type of the class */
  readonly dtype: Dtype;
};

/** The beginning of an element of type "matrix". */
export function readHead(element: MatElement, context: MatContext): MatHead {
  const { littleEndian, fail, memory } = context;
  memory.objects();
  if (element.type !== elementTypes.matrix) fail(`expected an array, found an element of type ${element.type}`);
  const reader = new MatReader(element.content, littleEndian, fail, element.length);
  const empty: MatHead = { reader, kind: 6, shape: [0, 0], name: '', complex: false, dtype: 'float64' };
  if (element.length === 0) return empty;
  const [word] = wholeNumbers(reader.next(), 6, context, 2);
  const [kind, flags] = [word & 0xff, (word >>> 8) & 0xff];
  const known = kind in numeric || (kind !== classes.object && (Object.values(classes) as number[]).includes(kind));
  if (!known) return { ...empty, kind: null };
  const shape = wholeNumbers(reader.next(), 5, context);
  if (shape.length < 2 || shape.length > mostAxes) fail(`an array has ${shape.length} axes, expected 2 to ${mostAxes}`);
  if (shape.some((n) => n < 0) || !Number.isSafeInteger(sizeOf(shape))) fail('an array has an extent that cannot be');
  const name = latin(bytesOf(reader.next()));
  const dtype = (flags & flagBits.logical) !== 0 ? 'bool' : (numeric[kind] ?? 'float64');
  return { reader, kind, shape, name, complex: (flags & flagBits.complex) !== 0, dtype };
}

/** Makes something of arrays: values, or descriptions of them. */
export type MatMaker<T> = {
  leaf(head: MatHead, context: MatContext): T;
  list(items: T[]): T;
  dictionary(entries: Map<string, T>): T;
};

/** An array and all inside it, from its beginning on. */
export function make<T>(head: MatHead, context: MatContext, maker: MatMaker<T>, depth = 0): T {
  const { reader, kind, shape } = head;
  if (depth > limits.depth) context.fail(`its arrays lie in one another more than ${limits.depth} deep`);
  const inner = (): T => make(readHead(reader.next(), context), context, maker, depth + 1);
  if (kind === classes.cell) {
    const count = countOf(head, sizeOf(shape), context);
    return maker.list(Array.from({ length: count }, inner));
  }
  if (kind !== classes.struct) return maker.leaf(head, context);
  const names = fieldsOf(head, context);
  const count = names.length === 0 ? 0 : countOf(head, sizeOf(shape) * names.length, context) / names.length;
  const structs = Array.from({ length: count }, () =>
    maker.dictionary(new Map(names.map((name) => [name, inner()] as const))),
  );
  if (names.length === 0) return maker.dictionary(new Map());
  return count === 1 ? structs[0] : maker.list(structs);
}

/** The array that the path leads to, and what of the path is left inside it; null where there is none. */
export function find(head: MatHead, path: Path, context: MatContext): { head: MatHead; rest: Path } | null {
  const { reader, kind, shape } = head;
  if (path.length === 0 || (kind !== classes.cell && kind !== classes.struct)) return { head, rest: path };
  const count = sizeOf(shape);
  let [position, rest] = [Number(path[0]), path.slice(1)];
  if (kind === classes.struct) {
    const names = fieldsOf(head, context);
    const [field, after] = count === 1 ? [path[0], rest] : [path[1], path.slice(2)];
    if (field === undefined || !names.includes(String(field))) return null;
    position = (count === 1 ? 0 : position) * names.length + names.indexOf(String(field));
    rest = after;
    if (!(position < count * names.length)) return null;
  } else if (!(position < count)) return null;
  if (!Number.isInteger(position) || position < 0) return null;
  for (let k = 0; k < position; k++) reader.next();
  return find(readHead(reader.next(), context), rest, context);
}

function fieldsOf({ reader }: MatHead, context: MatContext): string[] {
  const { fail } = context;
  const [width] = wholeNumbers(reader.next(), 5, context, 1);
  const text = bytesOf(reader.next());
  if (width < 1 || text.length % width !== 0) fail('the names of the fields of a struct do not fit their length');
  const names = Array.from({ length: text.length / width }, (_, k) => latin(text.subarray(k * width, (k + 1) * width)));
  if (new Set(names).size !== names.length) fail('a struct has two fields of one name');
  return names;
}

function countOf({ reader }: MatHead, count: number, { fail }: MatContext): number {
  if (count > reader.left / 8) fail(`a list claims ${count} values, more than there are bytes for`);
  return count;
}

/** 32-bit whole numbers, signed (5) or not (6); fewest: how many there have to be at least. */
export function wholeNumbers(element: MatElement, expected: 5 | 6, context: MatContext, fewest = 0): number[] {
  const { type, length } = element;
  if ((type !== 5 && type !== 6) || length % 4 !== 0 || length < 4 * fewest) {
    context.fail(`expected ${fewest || 'some'} whole numbers of 32 bits, found ${length} bytes of type ${type}`);
  }
  const bytes = bytesOf(element);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian } = context;
  return Array.from({ length: length / 4 }, (_, k) =>
    expected === 5 ? view.getInt32(4 * k, littleEndian) : view.getUint32(4 * k, littleEndian),
  );
}

export const bytesOf = ({ content, length }: MatElement): Uint8Array => content.take(length);

/** Up to the first zero byte. */
function latin(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end));
}
