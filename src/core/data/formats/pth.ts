/**
 * PyTorch's .pth / .pt (torch.save since 1.6): a ZIP archive with a pickle, PREFIX/data.pkl, and one member of raw
 * little-endian data per storage, PREFIX/data/KEY.
 */
import { LabError } from '../../errors.ts';
import { widthOf } from './elements.ts';
import { defineFormat } from './format.ts';
import type { FileValue } from './format.ts';
import { openValue } from './openValue.ts';
import { unpickle } from './pickle.ts';
import { TensorStorage } from './pickleArrays.ts';
import { storageDtype } from './pickleConstructors.ts';
import type { PickleValue } from './pickleValues.ts';
import type { ByteSource } from './source.ts';
import { hasMember, isZip, zipMembers } from './zip.ts';

export const pth = defineFormat({
  id: 'pth',
  label: 'PyTorch file',
  extensions: ['.pth', '.pt'],
  recognises: (source, name) =>
    hasMember(source, (member) => member.endsWith('/data.pkl')) || (isZip(source) && /\.(pth|pt)$/i.test(name)),
  open: (source, name) => openValue(readPth(source, name), name),
});

function readPth(source: ByteSource, name: string): FileValue {
  const members = new Map(zipMembers(source, name).map((m) => [m.name, m]));
  const root = [...members.keys()].find((m) => m.endsWith('/data.pkl'));
  if (root === undefined) return fail(name, 'expected a member data.pkl, found none. Save it with torch.save.');
  const prefix = root.slice(0, -'data.pkl'.length);
  const storages = new Map<string, TensorStorage>();
  const load = (id: PickleValue): TensorStorage => {
    const [tag, type, key, , count] = Array.isArray(id) ? id : [];
    const dtype = storageDtype(type ?? null);
    if (tag !== 'storage' || dtype === undefined || typeof key !== 'string' || typeof count !== 'number') {
      return fail(name, 'a tensor refers to its data in an unknown way.');
    }
    const known = storages.get(key);
    if (known) return known;
    const content = members.get(`${prefix}data/${key}`)?.read();
    if (content?.length !== count * widthOf(dtype)) fail(name, `the data of storage "${key}" is missing or cut off.`);
    const storage = new TensorStorage(dtype, content);
    storages.set(key, storage);
    return storage;
  };
  const order = members.get(`${prefix}byteorder`);
  if (order && new TextDecoder().decode(order.read()) !== 'little')
    fail(name, 'it was written on a big-endian machine.');
  return unpickle(members.get(root)!.read(), name, load);
}

function fail(name: string, what: string): never {
  throw new LabError('format.pth', `Reading "${name}" (a PyTorch file): ${what}`);
}
