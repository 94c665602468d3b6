/** Objects of a MATLAB 7.3 file → values and descriptions, as those of MATLAB 5 files. */
import type { Entry, FileValue, Path } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import { Memory } from '../../core/data/formats/memory.ts';
import { describe, isArray } from '../../core/data/formats/openValue.ts';
import type { Slice } from '../../core/data/formats/openValue.ts';
import { sizeOf } from '../../core/math/tensor.ts';
import type { H5File } from './h5File.ts';
import { numbersOf, valueOf } from './h5Values.ts';
import { typeOf } from './h5Types.ts';
import { classOf } from './matlabClass.ts';
import type { MatlabClass } from './matlabClass.ts';
import { matlabShape, sparseOf, textOf } from './matlabValues.ts';

/** An object by its path in HDF5, a struct of an array of structs, or nothing. */
export type Place = string | ReadonlyMap<string, Place> | null;

type Node =
  | { kind: 'leaf'; object: string; matlab: MatlabClass }
  | { kind: 'list'; items: readonly Place[] }
  | { kind: 'dictionary'; entries: ReadonlyMap<string, Place> }
  | { kind: 'nothing' };

export class MatlabReader {
  readonly #file: H5File;
  readonly #memory: Memory;
  readonly #sparse = { left: limits.sparse };

  constructor(file: H5File, name: string) {
    this.#file = file;
    this.#memory = new Memory(name);
  }

  value(place: Place, depth = 0): FileValue {
    const node = this.#nodeAt(place, depth);
    if (node.kind === 'list') return node.items.map((item) => this.value(item, depth + 1));
    if (node.kind === 'dictionary') {
      return new Map([...node.entries].map(([key, inner]) => [key, this.value(inner, depth + 1)]));
    }
    return node.kind === 'nothing' ? null : this.#leaf(node.object, node.matlab);
  }

  /** left: how many more values may be described one by one */
  entry(place: Place, left: { values: number }, depth = 0): Entry {
    left.values -= 1;
    const node = this.#nodeAt(place, depth);
    if (node.kind === 'list') {
      const items: Entry[] = [];
      for (const item of node.items) if (left.values > 0) items.push(this.entry(item, left, depth + 1));
      return { kind: 'list', length: node.items.length, items };
    }
    if (node.kind === 'dictionary') {
      const entries = new Map<string, Entry>();
      for (const [key, inner] of node.entries) {
        if (left.values > 0) entries.set(key, this.entry(inner, left, depth + 1));
      }
      return { kind: 'dictionary', entries };
    }
    return node.kind === 'nothing' ? { kind: 'plain', value: null } : this.#leafEntry(node.object, node.matlab);
  }

  /** Follows a path through structs and cells; null where it leads nowhere. */
  find(place: Place, path: Path, depth = 0): { place: Place; rest: Path } | null {
    if (path.length === 0) return { place, rest: path };
    const node = this.#nodeAt(place, depth);
    const [step, ...rest] = path;
    if (node.kind === 'leaf') return { place, rest: path };
    const next = node.kind === 'list' ? node.items[Number(step)] : node.kind === 'dictionary' ? node.entries.get(String(step)) : undefined; // prettier-ignore
    return next === undefined ? null : this.find(next, rest, depth + 1);
  }

  /** Part of real or complex numbers; null where there are others. */
  part(place: Place, choose: (shape: readonly number[]) => Slice): FileValue {
    const node = this.#nodeAt(place, 0);
    if (node.kind !== 'leaf' || node.matlab.name !== 'number' || node.matlab.empty) return null;
    return this.#numbers(node.object, node.matlab, choose);
  }

  #nodeAt(place: Place, depth: number): Node {
    const file = this.#file;
    if (depth > limits.depth) file.fail(`its arrays lie in one another more than ${limits.depth} deep`);
    if (place === null) return { kind: 'nothing' };
    if (typeof place !== 'string') return { kind: 'dictionary', entries: place };
    if (file.kindOf(place) === 'other') return { kind: 'nothing' };
    const matlab = classOf(file, place, this.#memory);
    const leaf: Node = { kind: 'leaf', object: place, matlab };
    if (matlab.empty || matlab.name === 'sparse') return leaf;
    if (matlab.name === 'cell' || matlab.name === 'column') return { kind: 'list', items: this.#referenced(place) };
    return matlab.name === 'struct' && file.kindOf(place) === 'group' ? this.#structAt(place, matlab) : leaf;
  }

  /** Of an array of structs, every field is a column of references without a class. */
  #structAt(object: string, matlab: MatlabClass): Node {
    const file = this.#file;
    const there = file.names(object);
    const fields = matlab.fields?.filter((field) => there.includes(field)) ?? there;
    const paths = fields.map((field) => `${object}/${field}`);
    const columns = paths.every((path) => this.#isColumn(path)) ? paths.map((path) => this.#referenced(path)) : [];
    if (columns.length === 0) {
      return { kind: 'dictionary', entries: new Map(fields.map((field, k) => [field, paths[k]])) };
    }
    const [{ length }] = columns;
    if (columns.some((column) => column.length !== length)) file.fail(`"${object}" has fields of different lengths`);
    const items = Array.from({ length }, (_, i) => new Map(fields.map((field, k) => [field, columns[k][i]])));
    return { kind: 'list', items };
  }

  #isColumn(path: string): boolean {
    return this.#file.kindOf(path) === 'dataset' && classOf(this.#file, path, this.#memory).name === 'column';
  }

  #referenced(object: string): Place[] {
    const value = valueOf(this.#file, object, this.#file.metadata(object), this.#memory);
    return Array.isArray(value) ? value.map((path) => (typeof path === 'string' ? path : null)) : [];
  }

  #numbers(object: string, { dtype }: MatlabClass, choose: (shape: readonly number[]) => Slice): FileValue {
    const metadata = this.#file.metadata(object);
    const { from, shape } = choose(matlabShape(metadata));
    const part = { from: from.toReversed(), shape: shape.toReversed() };
    return numbersOf(this.#file, object, metadata, part, 'reversed', this.#memory, dtype);
  }

  #leaf(object: string, matlab: MatlabClass): FileValue {
    const { name, empty, dtype } = matlab;
    if (name === 'sparse') return sparseOf(this.#file, object, matlab, this.#memory, this.#sparse);
    if (name === 'other') return null;
    if (empty) return this.#empty(object, matlab);
    if (name === 'text') return textOf(this.#file, object, this.#memory);
    return this.#numbers(object, { name, empty, ...(dtype ? { dtype } : {}) }, (shape) => ({
      from: shape.map(() => 0),
      shape,
    }));
  }

  /** Of an empty array the file holds the shape. */
  #empty(object: string, { name, dtype = 'float64' }: MatlabClass): FileValue {
    if (name === 'text') return '';
    if (name === 'cell') return [];
    if (name === 'struct') return new Map();
    const metadata = this.#file.metadata(object);
    const shape = sizeOf(metadata.shape ?? []) <= 64 ? valueOf(this.#file, object, metadata, this.#memory) : null;
    const data = dtype === 'float32' ? new Float32Array() : new Float64Array();
    const extents = isArray(shape ?? undefined) && isArray(shape) ? [...shape.data] : [];
    if (extents.length === 0 || sizeOf(extents) !== 0) this.#file.fail(`"${object}" is empty, but its shape is not`);
    return { kind: 'array', dtype, shape: extents, data };
  }

  #leafEntry(object: string, matlab: MatlabClass): Entry {
    const { name, empty } = matlab;
    const small = name === 'text' && sizeOf(this.#file.metadata(object).shape ?? []) < 10_000;
    if (name === 'other' || empty || small) return describe(this.#leaf(object, matlab));
    if (name === 'text') return { kind: 'plain', value: '' };
    if (name === 'sparse') return this.#sparseEntry(object, matlab);
    const metadata = this.#file.metadata(object);
    const type = typeOf(metadata);
    if (type.kind !== 'numbers' && type.kind !== 'complex') return { kind: 'plain', value: null };
    const array: Entry = { kind: 'array', dtype: matlab.dtype ?? type.dtype, shape: matlabShape(metadata) };
    if (type.kind === 'numbers') return array;
    return { kind: 'dictionary', entries: new Map([['real', array], ['imag', array]]) }; // prettier-ignore
  }

  #sparseEntry(object: string, { rows = 0, dtype = 'float64' }: MatlabClass): Entry {
    const file = this.#file;
    const [starts = 1] = file.names(object).includes('jc') ? (file.metadata(`${object}/jc`).shape ?? []) : [];
    return { kind: 'array', dtype, shape: [rows, starts - 1] };
  }
}
