/**
 * The arrays of a file by key: "a.b" for b of the dictionary a. Lists of arrays with as many axes count as one array, whose
 * first axis is the list: cell arrays, one array per trial or condition, and "a.b" also for b of every dictionary of the list
 * a (struct arrays). Arrays of a list may differ in the length of one axis: the shorter ones are filled up with NaN.
 */
import type { FileArray, FileValue } from '../formats/format.ts';
import type { ArrayFacts } from './mapping.ts';
import { isArray } from './reaching.ts';

/** what a row of labels holds */
export type Labels = readonly (string | number)[];

type Found =
  | { kind: 'array'; array: FileArray }
  | { kind: 'list'; items: readonly FileArray[]; shape: number[]; ragged: number | null }
  | { kind: 'text'; texts: readonly string[] }
  | { kind: 'value'; value: number | string };

/** The arrays that are in the file as they are: no lists. */
export function arraysOf(value: FileValue): Map<string | null, FileArray> {
  const arrays = [...findings(value)].flatMap(([key, found]) =>
    found.kind === 'array' ? [[key, found.array] as const] : [],
  );
  return new Map(arrays);
}

/** The array of this key, of a list put together; null where there is none. */
export function arrayAt(value: FileValue, key: string | null): FileArray | null {
  const found = findings(value).get(key);
  if (found?.kind === 'list') return stacked(found.items, found.shape);
  return found?.kind === 'array' ? found.array : null;
}

/** The numbers or texts of an array with one axis longer than 1, or of a list of texts; null where the key has neither. */
export function labelsAt(value: FileValue, key: string): Labels | null {
  const found = findings(value).get(key);
  if (found?.kind === 'text') return found.texts;
  if (found?.kind === 'value') return [found.value];
  if (found?.kind === 'list') return null;
  return found && isRow(found.array.shape) ? [...found.array.data] : null;
}

/** All that a mapping may name. */
export function factsOf(value: FileValue): ArrayFacts[] {
  return [...findings(value)].map(([key, found]): ArrayFacts => {
    if (found.kind === 'list') {
      const { items, shape, ragged } = found;
      return { key, shape, dtype: items[0].dtype, list: { ragged } };
    }
    if (found.kind === 'text') {
      return { key, shape: [found.texts.length], dtype: 'text', levels: new Set(found.texts).size };
    }
    if (found.kind === 'value') {
      return { key, shape: [], dtype: typeof found.value === 'number' ? 'float64' : 'text', value: found.value };
    }
    const { shape, dtype, data } = found.array;
    const facts = { key, shape: [...shape], dtype };
    if (data.length === 1) return { ...facts, value: data[0] };
    if (!isRow(shape) || data.length === 0) return facts;
    const even = evenSteps(data);
    return { ...facts, levels: new Set(data).size, ...(even ? { even } : {}) };
  });
}

/** One axis longer than 1, as MATLAB keeps vectors. */
const isRow = (shape: readonly number[]): boolean => shape.length > 0 && shape.filter((n) => n !== 1).length <= 1;

/** First number and step of ascending numbers whose steps differ by 1 % at most; null where they do not. */
export function evenSteps(data: ArrayLike<number>): { first: number; step: number } | null {
  const last = data.length - 1;
  if (last < 1) return null;
  const [first, step] = [data[0], (data[last] - data[0]) / last];
  if (!(step > 0)) return null;
  for (let i = 1; i <= last; i++) {
    if (!(Math.abs(data[i] - first - i * step) <= 0.01 * step)) return null;
  }
  return { first, step };
}

/** Texts longer than this are no names. */
const longestText = 200;

function findings(value: FileValue): Map<string | null, Found> {
  const all = new Map<string | null, Found>();
  const add = (key: string | null, inner: FileValue): void => {
    const found = findingOf(inner);
    if (found) all.set(key, found);
    if (inner instanceof Map) for (const [name, v] of inner) add(key === null ? name : `${key}.${name}`, v);
    if (!found && Array.isArray(inner))
      for (const [name, v] of columnsOf(inner)) add(key === null ? name : `${key}.${name}`, v);
  };
  add(null, value);
  return all;
}

function findingOf(value: FileValue): Found | null {
  if (isArray(value)) return { kind: 'array', array: value };
  if (typeof value === 'number') return { kind: 'value', value };
  if (typeof value === 'string') return value.length <= longestText ? { kind: 'value', value } : null;
  if (!Array.isArray(value) || value.length === 0) return null;
  if (value.every((item) => typeof item === 'string')) return { kind: 'text', texts: value };
  return listOf(value);
}

function listOf(values: readonly FileValue[]): Found | null {
  if (values.every((v) => typeof v === 'number')) {
    const data = Float64Array.from(values);
    return { kind: 'array', array: { kind: 'array', dtype: 'float64', shape: [data.length], data } };
  }
  if (!values.every((v) => isArray(v))) return null;
  const shapes = values.map((v) => v.shape);
  const axes = shapes[0].length;
  if (axes === 0 || shapes.some((s) => s.length !== axes)) return null;
  if (values.every((v) => v.data.length === 1)) {
    const data = Float64Array.from(values, (v) => v.data[0]); // a number per entry, as struct arrays keep them
    return { kind: 'array', array: { kind: 'array', dtype: values[0].dtype, shape: [data.length], data } };
  }
  const longest = shapes[0].map((_, axis) => Math.max(...shapes.map((s) => s[axis])));
  const uneven = longest.flatMap((n, axis) => (shapes.some((s) => s[axis] !== n) ? [axis] : []));
  if (uneven.length > 1) return null;
  const ragged = uneven.length === 1 ? uneven[0] + 1 : null;
  return { kind: 'list', items: values, shape: [values.length, ...longest], ragged };
}

/** A list of dictionaries as a dictionary of lists, of the keys that all have. */
function columnsOf(values: readonly FileValue[]): [string, FileValue][] {
  if (values.length === 0 || !values.every((v) => v instanceof Map)) return [];
  const common = [...values[0].keys()].filter((key) => values.every((v) => v.has(key)));
  return common.map((key) => [key, values.map((v) => v.get(key)!)]);
}

function stacked(items: readonly FileArray[], shape: readonly number[]): FileArray {
  const inner = shape.slice(1);
  const size = inner.reduce((product, n) => product * n, 1);
  const data = new Float64Array(shape[0] * size).fill(NaN);
  items.forEach((item, i) => {
    if (item.data.length === size) data.set(item.data, i * size);
    else copyInto(data, i * size, inner, item);
  });
  return { kind: 'array', dtype: items[0].dtype, shape, data };
}

/** Into the first corner of a larger array: one axis is shorter. */
function copyInto(data: Float64Array, start: number, larger: readonly number[], item: FileArray): void {
  const axis = larger.findIndex((n, i) => n !== item.shape[i]);
  const inner = larger.slice(axis + 1).reduce((product, n) => product * n, 1);
  const outer = larger.slice(0, axis).reduce((product, n) => product * n, 1);
  const width = item.shape[axis] * inner;
  for (let o = 0; o < outer; o++) {
    data.set(item.data.subarray(o * width, (o + 1) * width), start + o * larger[axis] * inner);
  }
}
