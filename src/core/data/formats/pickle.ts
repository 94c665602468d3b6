/**
 * A pickle virtual machine that builds data and nothing else.
 *
 * Python's pickles are programs that may call any function. Here a name asked for by GLOBAL or STACK_GLOBAL is looked up
 * in a short list of data constructors (pickleConstructors.ts); every other name is an error that says which one.
 * Lengths are checked against the bytes that are there, stack, memo and nesting are bounded, so that no input takes
 * more time or memory than a multiple of its own size.
 * Source: Python's pickletools, protocols 0 to 5.
 */
import { LabError } from '../../errors.ts';
import type { FileValue } from './format.ts';
import { Constructor, Instance, constructorNamed, finish } from './pickleConstructors.ts';
import type { PickleValue } from './pickleConstructors.ts';

const limits = { operations: 5_000_000, memo: 1_000_000 };
const mark = Symbol('mark');

/** Resolves a persistent id (PyTorch keeps array data outside of the pickle). */
export type PersistentLoad = (id: PickleValue) => PickleValue;

export function unpickle(bytes: Uint8Array, name: string, load?: PersistentLoad): { value: FileValue; end: number } {
  const machine = new Machine(bytes, name, load);
  const value = machine.run();
  return { value: finish(value, name), end: machine.at };
}

class Machine {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: string;
  readonly #load: PersistentLoad | undefined;
  readonly #stack: (PickleValue | typeof mark)[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(bytes: Uint8Array, name: string, load: PersistentLoad | undefined) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
    this.#load = load;
  }

  run(): PickleValue {
    for (let count = 0; count < limits.operations; count++) {
      const code = String.fromCharCode(this.#byte());
      if (code === '.') return this.#pop();
      const operation = operations[code];
      if (!operation) this.fail('opcode', `its instruction 0x${code.charCodeAt(0).toString(16)} is not known`);
      operation!(this);
    }
    return this.fail('size', `it has more than ${limits.operations} instructions`);
  }

  fail(code: string, what: string): never {
    throw new LabError(
      `format.pickle.${code}`,
      `Reading "${this.#name}" (a pickle): ${what}. Save plain arrays instead, for example with numpy.savez.`,
    );
  }

  // Reading

  #take(count: number): number {
    const from = this.at;
    if (!(count >= 0 && from + count <= this.#bytes.length)) this.fail('truncated', 'the file ends too early');
    this.at += count;
    return from;
  }
  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }
  uint(width: 1 | 2 | 4 | 8): number {
    const at = this.#take(width);
    if (width === 1) return this.#bytes[at]!;
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
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) this.fail('truncated', 'the file ends inside a line');
    const text = new TextDecoder('latin1').decode(this.#bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }

  // Stack and memo

  push(value: PickleValue): void {
    this.#stack.push(value);
  }
  pushMark(): void {
    this.#stack.push(mark);
  }
  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) this.fail('stack', 'its instructions take more than they put');
    return value as PickleValue;
  }
  pop(): PickleValue {
    return this.#pop();
  }
  discard(): void {
    if (this.#stack.pop() === undefined) this.fail('stack', 'its instructions take more than they put');
  }
  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === mark) this.fail('stack', 'its instructions use what they did not put');
    return value as PickleValue;
  }
  popToMark(): PickleValue[] {
    const from = this.#stack.lastIndexOf(mark);
    if (from < 0) this.fail('stack', 'its instructions miss a mark');
    const values = this.#stack.splice(from + 1) as PickleValue[];
    this.#stack.pop();
    return values;
  }
  remember(index: number): void {
    if (this.#memo.size >= limits.memo) this.fail('size', `it remembers more than ${limits.memo} values`);
    this.#memo.set(index, this.top());
  }
  rememberNext(): void {
    this.remember(this.#memo.size);
  }
  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) this.fail('memo', `it recalls value ${index}, which it never kept`);
    this.push(value as PickleValue);
  }

  // Building

  global(module: string, name: string): void {
    const constructor = constructorNamed(module, name);
    if (!constructor) {
      this.fail('global', `it asks for "${module}.${name}", which is not plain data; nothing was executed`);
    }
    this.push(constructor as Constructor);
  }
  call(): void {
    const args = this.pop();
    const constructor = this.pop();
    if (!(constructor instanceof Constructor) || !Array.isArray(args)) {
      return this.fail('call', 'it calls something that is no constructor of plain data');
    }
    this.push(constructor.make(args, (code, what) => this.fail(code, what)));
  }
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof Instance) target.setState(state, (code, what) => this.fail(code, what));
    else if (!(target instanceof Map)) this.fail('build', 'it sets the state of something that has none');
  }
  setItems(pairs: PickleValue[]): void {
    const target = this.top();
    if (!(target instanceof Map)) return this.fail('item', 'it sets items of something that is no dictionary');
    if (pairs.length % 2 !== 0) this.fail('item', 'a key has no value');
    for (let i = 0; i < pairs.length; i += 2) target.set(this.#key(pairs[i]!), pairs[i + 1]!);
  }
  #key(key: PickleValue): string {
    if (typeof key === 'string') return key;
    if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') return String(key);
    return this.fail('key', 'a dictionary has a key that is neither text nor a number');
  }
  append(values: PickleValue[]): void {
    const target = this.top();
    if (!Array.isArray(target)) return this.fail('append', 'it appends to something that is no list');
    for (const value of values) target.push(value);
  }
  persistent(id: PickleValue): void {
    if (!this.#load) this.fail('persistent', 'it refers to data outside of itself');
    this.push(this.#load!(id));
  }
  dictionary(pairs: PickleValue[]): void {
    this.push(new Map<string, PickleValue>());
    this.setItems(pairs);
  }
  tuple(count: number): void {
    const values = Array.from({ length: count }, () => this.pop());
    this.push(values.reverse());
  }
}

/** Little-endian two's complement of any length. */
function longFrom(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  if (bytes.length > 0 && bytes.at(-1)! & 0x80) value -= 1n << BigInt(8 * bytes.length);
  return narrow(value);
}

function narrow(value: bigint): number | bigint {
  const n = Number(value);
  return Number.isSafeInteger(n) ? n : value;
}

function decimal(m: Machine, text: string): number | bigint {
  if (!/^[-+]?\d{1,400}L?$/.test(text.trim()))
    m.fail('number', `expected a whole number, found "${text.slice(0, 20)}"`);
  return narrow(BigInt(text.trim().replace(/^\+|L$/g, '')));
}

/** Protocol 0 text: 'quoted', with backslash escapes. */
function quoted(m: Machine, text: string): string {
  const inner = /^(['"])([\s\S]*)\1$/.exec(text.trim())?.[2];
  if (inner === undefined) m.fail('text', 'a text has no quotes around it');
  return inner!.replace(/\\(x[\da-f]{2}|[nrt'"\\])/gi, (_, e: string) =>
    e.length > 1 ? String.fromCharCode(parseInt(e.slice(1), 16)) : ({ n: '\n', r: '\r', t: '\t' }[e] ?? e),
  );
}

const operations: Record<string, (m: Machine) => void> = {
  '\x80': (m) => void m.uint(1), // PROTO
  '\x95': (m) => void m.uint(8), // FRAME: only tells how much to read ahead
  '(': (m) => m.pushMark(),
  '0': (m) => m.discard(),
  '1': (m) => void m.popToMark(),
  '2': (m) => m.push(m.top()), // DUP
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: (m) => {
    const line = m.line();
    m.push(line === '00' ? false : line === '01' ? true : decimal(m, line));
  },
  L: (m) => m.push(decimal(m, m.line())),
  J: (m) => m.push(m.int32()),
  K: (m) => m.push(m.uint(1)),
  M: (m) => m.push(m.uint(2)),
  '\x8a': (m) => m.push(longFrom(m.raw(m.uint(1)))), // LONG1
  '\x8b': (m) => m.push(longFrom(m.raw(Math.min(m.uint(4), 1_000)))), // LONG4: longer numbers are no data
  F: (m) => m.push(Number(m.line())),
  G: (m) => m.push(m.float64()),
  S: (m) => m.push(quoted(m, m.line())),
  T: (m) => m.push(m.raw(m.uint(4))), // BINSTRING: bytes of Python 2
  U: (m) => m.push(m.raw(m.uint(1))),
  B: (m) => m.push(m.raw(m.uint(4))), // BINBYTES
  C: (m) => m.push(m.raw(m.uint(1))),
  '\x8e': (m) => m.push(m.raw(m.uint(8))),
  '\x96': (m) => m.push(m.raw(m.uint(8))), // BYTEARRAY8
  V: (m) => m.push(m.line()),
  X: (m) => m.push(m.text(m.uint(4))),
  '\x8c': (m) => m.push(m.text(m.uint(1))),
  '\x8d': (m) => m.push(m.text(m.uint(8))),
  ']': (m) => m.push([]),
  ')': (m) => m.push([]), // EMPTY_TUPLE
  '}': (m) => m.push(new Map()),
  '\x8f': (m) => m.push([]), // EMPTY_SET
  l: (m) => m.push(m.popToMark()),
  t: (m) => m.push(m.popToMark()),
  '\x91': (m) => m.push(m.popToMark()), // FROZENSET
  d: (m) => m.dictionary(m.popToMark()),
  '\x85': (m) => m.tuple(1),
  '\x86': (m) => m.tuple(2),
  '\x87': (m) => m.tuple(3),
  a: (m) => m.append([m.pop()]),
  e: (m) => m.append(m.popToMark()),
  '\x90': (m) => m.append(m.popToMark()), // ADDITEMS
  s: (m) => {
    const value = m.pop();
    const key = m.pop();
    m.setItems([key, value]);
  },
  u: (m) => m.setItems(m.popToMark()),
  p: (m) => m.remember(Number(m.line())),
  q: (m) => m.remember(m.uint(1)),
  r: (m) => m.remember(m.uint(4)),
  '\x94': (m) => m.rememberNext(),
  g: (m) => m.recall(Number(m.line())),
  h: (m) => m.recall(m.uint(1)),
  j: (m) => m.recall(m.uint(4)),
  c: (m) => m.global(m.line(), m.line()),
  '\x93': (m) => {
    const name = m.pop();
    m.global(String(m.pop()), String(name));
  },
  R: (m) => m.call(),
  '\x81': (m) => m.call(), // NEWOBJ
  b: (m) => m.build(),
  P: (m) => m.persistent(m.line()),
  Q: (m) => m.persistent(m.pop()),
};
