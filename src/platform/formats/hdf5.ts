/** HDF5 files as they are: groups are dictionaries, datasets arrays, texts or lists. Attributes are left out. */
import { defineFormat } from '../../core/data/formats/format.ts';
import type { Entry, FileValue, OpenFile, Path } from '../../core/data/formats/format.ts';
import { Memory } from '../../core/data/formats/memory.ts';
import { arrayOf, noSuch, openValue, placed, valueAt } from '../../core/data/formats/openValue.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import { withH5 } from './h5File.ts';
import type { H5File } from './h5File.ts';
import { treeOf } from './h5Tree.ts';
import type { H5Node } from './h5Tree.ts';
import { entryOf, numbersOf, valueOf } from './h5Values.ts';

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The signature is at the beginning, or behind a block of 512, 1024, … bytes that is not HDF5's. */
export function isHdf5(source: ByteSource): boolean {
  for (let at = 0; at + signature.length <= source.size && at < 2 ** 20; at = at === 0 ? 512 : 2 * at) {
    const bytes = source.read(at, signature.length);
    if (signature.every((byte, i) => bytes[i] === byte)) return true;
  }
  return false;
}

export const hdf5 = defineFormat({
  id: 'hdf5',
  label: 'HDF5',
  extensions: ['.h5', '.hdf5'],
  recognises: (source) => isHdf5(source),
  open: openHdf5,
});

function openHdf5(source: ByteSource, name: string): OpenFile {
  const root = withH5(source, name, (file) => describeTree(treeOf(file)));
  return {
    root,
    read: (path = []) =>
      withH5(source, name, (file) => {
        const memory = new Memory(name);
        const { object, rest } = objectAt(file, path, name);
        return valueAt(valueOfTree(file, treeOf(file, object), memory), rest, name);
      }),
    slice: (path, ranges) =>
      withH5(source, name, (file) => {
        const memory = new Memory(name);
        const { object, rest } = objectAt(file, path, name);
        if (file.kindOf(object) !== 'dataset') noSuch(path, name);
        const metadata = file.metadata(object);
        const { shape } = metadata;
        const sliced = shape && entryOf(metadata).kind !== 'list' ? numbersOf(file, object, metadata, placed(shape, ranges, name), 'same', memory) : null; // prettier-ignore
        if (sliced !== null) return arrayOf(valueAt(sliced, rest, name), path, name);
        return openValue(valueOf(file, object, metadata, memory), name).slice(rest, ranges);
      }),
  };
}

/** The deepest group or dataset on a path, and what of the path is inside a dataset. */
export function objectAt(file: H5File, path: Path, name: string): { object: string; rest: Path } {
  let object = '/';
  for (const [k, step] of path.entries()) {
    if (file.kindOf(object) !== 'group') return { object, rest: path.slice(k) };
    if (!file.names(object).includes(String(step))) noSuch(path, name);
    object = object === '/' ? `/${step}` : `${object}/${step}`;
  }
  return { object, rest: [] };
}

function describeTree(node: H5Node): Entry {
  if (node.kind === 'dataset') return entryOf(node.metadata);
  if (node.kind === 'other') return { kind: 'plain', value: null };
  return { kind: 'dictionary', entries: new Map([...node.members].map(([key, inner]) => [key, describeTree(inner)])) };
}

function valueOfTree(file: H5File, node: H5Node, memory: Memory): FileValue {
  if (node.kind === 'dataset') return valueOf(file, node.path, node.metadata, memory);
  if (node.kind === 'other') return null;
  return new Map([...node.members].map(([key, inner]) => [key, valueOfTree(file, inner, memory)]));
}
