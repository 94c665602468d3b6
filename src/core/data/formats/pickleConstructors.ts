/** The names that a pickle may ask for, and what they make: NumPy arrays, PyTorch tensors, ordered dictionaries, bytes. */
import { LabError } from '../../errors.ts';
import { sizeOf } from '../../math/tensor.ts';
import { dtypeNamed, forEachIndex, readElements, widthOf } from './elements.ts';
import type { Dtype, FileArray, FileValue } from './format.ts';

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

/** A name that was asked for; what it makes out of its arguments is data. */
export class Constructor {
  readonly name: string;
  readonly make: (args: PickleValue[], fail: Fail) => PickleValue;

  constructor(name: string, make: Constructor['make']) {
    this.name = name;
    this.make = make;
  }
}

/** Something whose content follows in a BUILD instruction. */
export abstract class Instance {
  abstract setState(state: PickleValue, fail: Fail): void;
  abstract value(fail: Fail): PickleValue;
}

/** Array data that lies outside of the pickle. */
export class TensorStorage {
  readonly dtype: Dtype;
  readonly bytes: Uint8Array;

  constructor(dtype: Dtype, bytes: Uint8Array) {
    this.dtype = dtype;
    this.bytes = bytes;
  }
}

class NumpyDtype extends Instance {
  readonly name: string;
  byteOrder = '|';

  constructor(name: string) {
    super();
    this.name = name;
  }
  setState(state: PickleValue, fail: Fail): void {
    const [, order, subtype, names] = Array.isArray(state) ? state : fail('dtype', 'an element type has no state');
    if (subtype || names) fail('dtype', 'it holds records with named fields');
    if (typeof order === 'string') this.byteOrder = order;
  }
  value(fail: Fail): never {
    return fail('value', 'it holds an element type without an array');
  }
}

class NumpyArray extends Instance {
  #value: PickleValue | undefined;

  setState(state: PickleValue, fail: Fail): void {
    const parts = Array.isArray(state) ? state : fail('array', 'an array has no state');
    const [shape, dtype, fortran, content] = parts.slice(-4);
    const extents = shapeFrom(shape, fail);
    if (!(dtype instanceof NumpyDtype)) return fail('array', 'an array has no element type');
    if (dtype.name === 'O8' || dtype.name === 'O') {
      if (!Array.isArray(content)) return fail('array', 'an array of objects has no objects');
      this.#value = content;
      return;
    }
    if (!(content instanceof Uint8Array)) return fail('array', 'an array has no data');
    this.#value = arrayFrom(dtype, extents, content, fortran === true, fail);
  }
  value(fail: Fail): PickleValue {
    return this.#value === undefined ? fail('array', 'an array has no content') : this.#value;
  }
}

function arrayFrom(
  dtype: NumpyDtype,
  shape: number[],
  bytes: Uint8Array,
  fortranOrder: boolean,
  fail: Fail,
): FileArray {
  const type = dtypeNamed(dtype.name) ?? fail('dtype', `the element type "${dtype.name}" cannot be imported`);
  if (sizeOf(shape) * widthOf(type) !== bytes.length) {
    fail('array', `an array of ${shape.join(' × ')} ${type} has ${bytes.length} bytes of data`);
  }
  return readElements(bytes, { dtype: type, shape, littleEndian: dtype.byteOrder !== '>', fortranOrder });
}

function shapeFrom(value: PickleValue | undefined, fail: Fail): number[] {
  const whole = (n: PickleValue): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
  if (Array.isArray(value) && value.length <= 32 && value.every(whole)) return value;
  return fail('shape', 'an array has no proper shape');
}

/** A view of a storage: offset and strides count elements. */
function tensorFrom([storage, offset, size, stride]: PickleValue[], fail: Fail): FileArray {
  if (!(storage instanceof TensorStorage)) return fail('tensor', 'a tensor has no data');
  const shape = shapeFrom(size, fail);
  const strides = shapeFrom(stride, fail);
  const [start] = shapeFrom([offset ?? null], fail) as [number];
  const { dtype, bytes } = storage;
  const stored = bytes.length / widthOf(dtype);
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * (strides[axis] ?? 0), start);
  const empty = shape.includes(0);
  if (strides.length !== shape.length || (!empty && last >= stored))
    fail('tensor', 'a tensor lies outside of its data');
  if (sizeOf(shape) > stored) fail('tensor', 'a tensor repeats its data');
  const all = readElements(bytes, { dtype, shape: [stored], littleEndian: true, fortranOrder: false });
  const data = dtype === 'float32' ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  forEachIndex(shape, strides, (from, to) => (data[to] = all.data[start + from]!));
  return { kind: 'array', dtype, shape, data };
}

const storageTypes: Record<string, Dtype> = {
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
  HalfStorage: 'float16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};

/** The element type that a storage's name stands for. */
export const storageDtype = (constructor: PickleValue): Dtype | undefined =>
  constructor instanceof Constructor ? storageTypes[constructor.name.replace(/^torch\./, '')] : undefined;

const notCalled: Constructor['make'] = (_, fail) => fail('call', 'it calls a type that is only ever named');

const makers: Record<string, Constructor['make']> = {
  'numpy.ndarray': notCalled,
  'numpy.dtype': ([name], fail) =>
    new NumpyDtype(typeof name === 'string' ? name : fail('dtype', 'a type has no name')),
  'numpy.core.multiarray._reconstruct': () => new NumpyArray(),
  'numpy.core.multiarray.scalar': ([dtype, bytes], fail) =>
    dtype instanceof NumpyDtype && bytes instanceof Uint8Array
      ? arrayFrom(dtype, [], bytes, false, fail).data[0]!
      : fail('scalar', 'a number has no proper type or value'),
  '_codecs.encode': ([text], fail) =>
    typeof text === 'string' ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : fail('bytes', 'bytes are no text'),
  'collections.OrderedDict': ([pairs], fail) => {
    const map = new Map<string, PickleValue>();
    for (const pair of Array.isArray(pairs) ? pairs : []) {
      if (!Array.isArray(pair) || typeof pair[0] !== 'string') return fail('item', 'a dictionary has a broken entry');
      map.set(pair[0], pair[1] ?? null);
    }
    return map;
  },
  'builtins.set': ([values]) => (Array.isArray(values) ? values : []),
  'torch._utils._rebuild_tensor_v2': tensorFrom,
};

/** Modules that moved: NumPy 2 writes numpy._core, Python 2 wrote __builtin__. */
const movedModules: Record<string, string> = {
  'numpy._core.multiarray': 'numpy.core.multiarray',
  'numpy._core.numeric': 'numpy.core.numeric',
  __builtin__: 'builtins',
};

export function constructorNamed(module: string, name: string): Constructor | undefined {
  const full = `${movedModules[module] ?? module}.${name}`;
  if (Object.hasOwn(makers, full)) return new Constructor(full, makers[full]!);
  if (module === 'torch' && Object.hasOwn(storageTypes, name)) return new Constructor(full, notCalled);
  return undefined;
}

const deepest = 200;

/** Plain data out of what the machine built. What is shared stays shared; what contains itself is refused. */
export function finish(root: PickleValue, fileName: string): FileValue {
  const done = new Map<PickleValue, FileValue>();
  const open = new Set<PickleValue>();
  const fail: Fail = (code, what) => {
    throw new LabError(`format.pickle.${code}`, `Reading "${fileName}" (a pickle): ${what}.`);
  };
  const convert = (value: PickleValue, depth: number): FileValue => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'kind' in value) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    if (depth > deepest) fail('depth', `it is nested deeper than ${deepest} levels`);
    if (open.has(value)) fail('cycle', 'it contains itself');
    open.add(value);
    const result = build(value, depth + 1);
    open.delete(value);
    done.set(value, result);
    return result;
  };
  const build = (
    value: Exclude<PickleValue, FileArray | Uint8Array | null | string | number | bigint | boolean>,
    depth: number,
  ): FileValue => {
    if (value instanceof Instance) return convert(value.value(fail), depth);
    if (Array.isArray(value)) return value.map((v) => convert(v, depth));
    if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, convert(v, depth)]));
    return fail('value', 'it holds a name or a storage where data should be');
  };
  return convert(root, 0);
}
