/** All there is in a file but for arrays too large for a dataset: raw signals that lie beside what is wanted. */
import type { Entry, FileValue, OpenFile, Path } from './format.ts';
import { sizeOf } from '../../math/tensor.ts';
import { limits } from './limits.ts';

/** leftOut: keys of the arrays that were not read, with their bytes */
export type Fitting = { value: FileValue; leftOut: readonly { key: string; bytes: number }[] };

export function readFitting(file: OpenFile, most: number = limits.array): Fitting {
  const { root } = file;
  const leftOut: { key: string; bytes: number }[] = [];
  const isTooLarge = (entry: Entry): boolean => entry.kind === 'array' && bytesOf(entry) > most;
  const holdsTooLarge = (entry: Entry): boolean =>
    entry.kind === 'dictionary' &&
    [...entry.entries.values()].some((inner) => isTooLarge(inner) || holdsTooLarge(inner));
  const read = (entry: Entry, path: Path): FileValue => {
    if (entry.kind !== 'dictionary' || !holdsTooLarge(entry)) return file.read(path);
    const entries: [string, FileValue][] = [];
    for (const [name, inner] of entry.entries) {
      const place = [...path, name];
      if (inner.kind === 'array' && isTooLarge(inner)) leftOut.push({ key: place.join('.'), bytes: bytesOf(inner) });
      else entries.push([name, read(inner, place)]);
    }
    return new Map(entries);
  };
  return { value: read(root, []), leftOut };
}

/** As it is held once it is read, see FileArray. */
const bytesOf = ({ dtype, shape }: Extract<Entry, { kind: 'array' }>): number =>
  sizeOf(shape) * (dtype === 'float32' ? 4 : 8);
