/** State of the pickle machine (pickle.ts): place in the bytes, stack, memo, and how many numbers it may still make. */
import { LabError } from '../../errors.ts';
import type { TensorStorage } from './pickleArrays.ts';
import { constructorNamed } from './pickleConstructors.ts';
import { Constructor, Instance, latinText, textOf } from './pickleValues.ts';
import type { Fail, PickleValue } from './pickleValues.ts';

const mark = Symbol('mark');

/** A byte holds one number at most; arrays that share data may make each this many times. */
const sharing = 4;

/** Resolves a persistent id (PyTorch keeps array data outside of the pickle); the same id gives the same storage. */
export type PersistentLoad = (id: PickleValue) => TensorStorage;

/** Reads a storage that lies inside of the pickle as a file of its own. */
export type EmbeddedLoad = (bytes: Uint8Array) => TensorStorage;

/** Reads instructions' arguments and keeps the stack and the memo. */
export class PickleMachine {
  #at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: string;
  readonly #load: PersistentLoad | undefined;
  readonly #embedded: EmbeddedLoad | undefined;
  readonly #stack: (PickleValue | typeof mark)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #storages = new Set<TensorStorage>();
  #numbersLeft: number;

  constructor(bytes: Uint8Array, name: string, load?: PersistentLoad, embedded?: EmbeddedLoad) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
    this.#load = load;
    this.#embedded = embedded;
    this.#numbersLeft = sharing * bytes.length;
  }

  readonly fail: Fail = (code, what) => {
    throw new LabError(
      `format.pickle.${code}`,
      `Reading "${this.#name}" (a pickle): ${what}. Save plain arrays instead, for example with numpy.savez.`,
    );
  };

  // Reading

  /** bytes read so far */
  get position(): number {
    return this.#at;
  }
  #take(count: number): number {
    const from = this.#at;
    if (!(count >= 0 && from + count <= this.#bytes.length)) this.fail('truncated', 'the file ends too early');
    this.#at += count;
    return from;
  }
  uint(width: 1 | 2 | 4 | 8): number {
    const at = this.#take(width);
    if (width === 1) return this.#bytes[at];
    if (width === 2) return this.#view.getUint16(at, true);
    if (width === 4) return this.#view.getUint32(at, true);
    return Number(this.#view.getBigUint64(at, true));
  }
  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }
  raw(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }
  text(length: number): string {
    return new TextDecoder('utf-8').decode(this.raw(length));
  }
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) this.fail('truncated', 'the file ends inside a line');
    const text = latinText(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  // Stack and memo

  push(value: PickleValue): void {
    this.#stack.push(value);
  }
  pushMark(): void {
    this.#stack.push(mark);
  }
  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) return this.fail('stack', 'its instructions take more than they put');
    return value;
  }
  discard(): void {
    if (this.#stack.pop() === undefined) this.fail('stack', 'its instructions take more than they put');
  }
  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === mark) return this.fail('stack', 'its instructions use what they did not put');
    return value;
  }
  popToMark(): PickleValue[] {
    const from = this.#stack.lastIndexOf(mark);
    if (from < 0) this.fail('stack', 'its instructions miss a mark');
    const values = this.#stack.splice(from + 1) as PickleValue[];
    this.#stack.pop();
    return values;
  }
  remember(index: number): void {
    this.#memo.set(index, this.top());
  }
  rememberNext(): void {
    this.remember(this.#memo.size);
  }
  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) return this.fail('memo', `it recalls value ${index}, which it never kept`);
    this.push(value);
  }

  // Building

  global(module: PickleValue, name: PickleValue): void {
    if (typeof module !== 'string' || typeof name !== 'string') {
      return this.fail('global', 'it asks for something whose name is no text');
    }
    const constructor = constructorNamed(module, name);
    if (!constructor) {
      const asked = `${module}.${name}`.slice(0, 100);
      return this.fail('global', `it asks for "${asked}", which is not plain data; nothing was executed`);
    }
    this.push(constructor);
  }
  /** Calls the constructor on the stack. */
  call(args: PickleValue): void {
    const constructor = this.pop();
    if (!(constructor instanceof Constructor) || !Array.isArray(args)) {
      return this.fail('call', 'it calls something that is no constructor of plain data');
    }
    this.push(constructor.make(args, this));
  }
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof Instance) target.setState(state, this);
    else if (!(target instanceof Map)) this.fail('build', 'it sets the state of something that has none');
  }
  setItems(pairs: PickleValue[]): void {
    const target = this.top();
    if (!(target instanceof Map)) return this.fail('item', 'it sets items of something that is no dictionary');
    if (pairs.length % 2 !== 0) this.fail('item', 'a key has no value');
    for (let i = 0; i < pairs.length; i += 2) target.set(this.#key(pairs[i]), pairs[i + 1]);
  }
  #key(key: PickleValue): string {
    if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') return String(key);
    return textOf(key) ?? this.fail('key', 'a dictionary has a key that is neither text nor a number');
  }
  append(values: PickleValue[]): void {
    const target = this.top();
    if (!Array.isArray(target)) return this.fail('append', 'it appends to something that is no list');
    for (const value of values) target.push(value);
  }
  persistent(id: PickleValue): void {
    if (!this.#load) return this.fail('persistent', 'it refers to data outside of itself');
    const storage = this.#load(id);
    if (!this.#storages.has(storage)) this.#numbersLeft += sharing * storage.bytes.length;
    this.#storages.add(storage);
    this.push(storage);
  }
  readonly embedded = (bytes: Uint8Array): TensorStorage => {
    if (!this.#embedded) return this.fail('nested', 'its pickles are nested too deep');
    const storage = this.#embedded(bytes);
    this.spend(storage.length);
    return storage;
  };
  /** Called before an array of so many numbers is made. */
  readonly spend = (numbers: number): void => {
    this.#numbersLeft -= numbers;
    if (!(this.#numbersLeft >= 0)) this.fail('size', 'its arrays repeat the same data over and over');
  };
  dictionary(pairs: PickleValue[]): void {
    this.push(new Map<string, PickleValue>());
    this.setItems(pairs);
  }
  tuple(count: number): void {
    const values = Array.from({ length: count }, () => this.pop());
    this.push(values.reverse());
  }
}
