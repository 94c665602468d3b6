/** What a pickle machine works on, and how plain data comes out of it. */
import type { FileArray, FileValue } from './format.ts';
import type { TensorStorage } from './pickleArrays.ts';

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | FileArray
  | PickleValue[]
  | Map<string, PickleValue>
  | Constructor
  | Instance
  | TensorStorage;

export type Fail = (code: string, what: string) => never;

/** What making a value may need: a way to refuse, leave for so many numbers, and a reader of storages inside of bytes. */
export type Maker = {
  readonly fail: Fail;
  readonly spend: (numbers: number) => void;
  readonly embedded: (bytes: Uint8Array) => TensorStorage;
};

/** A name that was asked for; what it makes out of its arguments is data. */
export class Constructor {
  readonly name: string;
  readonly make: (args: PickleValue[], maker: Maker) => PickleValue;

  constructor(name: string, make: Constructor['make']) {
    this.name = name;
    this.make = make;
  }
}

/** Something whose content follows in a BUILD instruction. */
export abstract class Instance {
  abstract setState(state: PickleValue, maker: Maker): void;
  abstract value(fail: Fail): PickleValue;
}

/** Python 2 wrote text and bytes alike. */
export function textOf(value: PickleValue | undefined): string | undefined {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'string' ? value : undefined;
}

/** One character per byte. TextDecoder cannot: its "latin1" is Windows 1252, which differs from 0x80 to 0x9f. */
export function latinText(bytes: Uint8Array): string {
  let text = '';
  const slice = 4096; // few enough arguments for a call
  for (let at = 0; at < bytes.length; at += slice) text += String.fromCharCode(...bytes.subarray(at, at + slice));
  return text;
}

/** Bytes that were written as text, one character each. */
export function latinBytes(text: string, fail: Fail): Uint8Array {
  const bytes = Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return /^[\0-\xff]*$/.test(text) ? bytes : fail('bytes', 'a text stands for bytes but holds other characters');
}

const deepest = 200;

/** Plain data out of what the machine built. What is shared stays shared; what contains itself is refused. */
export function finish(root: PickleValue, fail: Fail): FileValue {
  const done = new Map<PickleValue, FileValue>();
  const open = new Set<PickleValue>();
  const convert = (value: PickleValue, depth: number): FileValue => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'kind' in value) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    if (depth > deepest) fail('depth', `it is nested deeper than ${deepest} levels`);
    if (open.has(value)) fail('cycle', 'it contains itself');
    open.add(value);
    const result = plain(value, depth + 1);
    open.delete(value);
    done.set(value, result);
    return result;
  };
  const plain = (value: PickleValue & object, depth: number): FileValue => {
    if (value instanceof Instance) return convert(value.value(fail), depth);
    if (Array.isArray(value)) return value.map((v) => convert(v, depth));
    if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, convert(v, depth)]));
    return fail('value', 'it holds a name or a storage where data should be');
  };
  return convert(root, 0);
}
