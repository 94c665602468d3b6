/** The names that a pickle may ask for, and what they make: NumPy arrays, PyTorch tensors, ordered dictionaries, bytes. */
import type { Dtype } from './format.ts';
import { NumpyArray, NumpyDtype, arrayFrom, tensorFrom } from './pickleArrays.ts';
import { Constructor, latinBytes, textOf } from './pickleValues.ts';
import type { PickleValue } from './pickleValues.ts';

const storageTypes: Readonly<Record<string, Dtype>> = {
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

const notCalled: Constructor['make'] = (_, { fail }) => fail('call', 'it calls a type that is only ever named');

const makers: Readonly<Record<string, Constructor['make']>> = {
  'numpy.ndarray': notCalled,
  'numpy.dtype': ([name], { fail }) => new NumpyDtype(textOf(name) ?? fail('dtype', 'a type has no name')),
  'numpy.core.multiarray._reconstruct': () => new NumpyArray(),
  'numpy.core.numeric._frombuffer': ([bytes, dtype, shape, order], maker) =>
    arrayFrom(bytes, dtype, shape, order === 'F', maker),
  'numpy.core.multiarray.scalar': ([dtype, bytes], maker) => arrayFrom(bytes, dtype, [], false, maker).data[0],
  'torch._utils._rebuild_tensor_v2': tensorFrom,
  'torch.storage._load_from_bytes': ([bytes], { fail, embedded }) =>
    bytes instanceof Uint8Array ? embedded(bytes) : fail('tensor', 'a tensor has no data'),
  '_codecs.encode': ([text], { fail }) =>
    typeof text === 'string' ? latinBytes(text, fail) : fail('bytes', 'bytes are no text'),
  'builtins.bytearray': ([bytes], { fail }) =>
    bytes === undefined ? new Uint8Array() : bytes instanceof Uint8Array ? bytes : fail('bytes', 'bytes are none'),
  'builtins.set': ([values]) => (Array.isArray(values) ? values : []),
  'builtins.frozenset': ([values]) => (Array.isArray(values) ? values : []),
  'collections.OrderedDict': ([pairs], { fail }) => {
    const entries = Array.isArray(pairs) ? pairs : [];
    const entry = (pair: PickleValue): [string, PickleValue] =>
      Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string'
        ? [pair[0], pair[1]]
        : fail('item', 'a dictionary has a broken entry');
    return new Map(entries.map(entry));
  },
};

/** Modules that moved: NumPy 2 writes numpy._core, Python 2 wrote __builtin__. */
const movedModules = new Map([
  ['numpy._core.multiarray', 'numpy.core.multiarray'],
  ['numpy._core.numeric', 'numpy.core.numeric'],
  ['__builtin__', 'builtins'],
]);

export function constructorNamed(module: string, name: string): Constructor | undefined {
  const full = `${movedModules.get(module) ?? module}.${name}`;
  if (Object.hasOwn(makers, full)) return new Constructor(full, makers[full]);
  if (module === 'torch' && Object.hasOwn(storageTypes, name)) return new Constructor(full, notCalled);
  return undefined;
}
