/**
 * PyTorch's format before 1.6, which pickles of tensors still hold inside: five pickles in a row, then raw data.
 *
 *   magic number | protocol 1001 | what the machine was like | the object | keys of its storages
 *   then for each key: number of elements (8 bytes), elements; all little-endian
 *
 * The object is a storage here (`torch.storage._load_from_bytes`): a reference ('storage', type, key, place, elements, …).
 * Source: torch.serialization's _legacy_save.
 */
import { widthOf } from './elements.ts';
import { TensorStorage } from './pickleArrays.ts';
import { storageDtype } from './pickleConstructors.ts';
import type { Fail, PickleValue } from './pickleValues.ts';

const magicNumber = 0x1950a86a20f9469cfc6cn;
const protocolVersion = 1001;

/** The value of the pickle at the start of the bytes, and how long that pickle is. */
export type ReadPickle = (
  bytes: Uint8Array,
  find: (id: PickleValue) => TensorStorage,
) => { value: PickleValue; length: number };

export function oldTorchStorage(bytes: Uint8Array, fail: Fail, read: ReadPickle): TensorStorage {
  const refuse = (what: string): never => fail('tensor', `a tensor's data ${what}`);
  let at = 0;
  let reference: { storage: TensorStorage; key: string; count: number } | null = null;
  const next = (): PickleValue => {
    const { value, length } = read(bytes.subarray(at), find);
    at += length;
    return value;
  };
  const find = (id: PickleValue): TensorStorage => {
    const [tag, type, key, , count] = Array.isArray(id) ? id : [];
    const dtype = storageDtype(type ?? null);
    if (tag !== 'storage' || dtype === undefined || typeof key !== 'string' || typeof count !== 'number') {
      return refuse('is referred to in an unknown way');
    }
    reference = { storage: new TensorStorage(dtype, new Uint8Array()), key, count };
    return reference.storage;
  };

  if (next() !== magicNumber) refuse('is in no format of PyTorch that is known here');
  if (next() !== protocolVersion) refuse(`is in a version other than ${protocolVersion}`);
  const machine = next();
  if (!(machine instanceof Map) || machine.get('little_endian') !== true) {
    refuse('was not written on a little-endian machine');
  }
  const object = next();
  const found = reference as { storage: TensorStorage; key: string; count: number } | null;
  if (found === null || object !== found.storage) return refuse('is no storage');
  const { key, count, storage } = found;
  const keys = next();
  if (!Array.isArray(keys) || keys.length !== 1 || keys[0] !== key) refuse('is missing');
  const start = at + 8;
  const size = count * widthOf(storage.dtype);
  if (bytes.length !== start + size || elementsAt(bytes, at) !== count) refuse('is cut off');
  return new TensorStorage(storage.dtype, bytes.subarray(start));
}

function elementsAt(bytes: Uint8Array, at: number): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(at, true));
}
