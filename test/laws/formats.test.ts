/** What every file format promises. */
import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../scripts/sample/npz.ts';
import { formatOf, formats } from '../../src/core/data/formats/index.ts';
import { describe as describeValue, isArray, openValue } from '../../src/core/data/formats/openValue.ts';
import type { FileArray, FileValue, Path, Range } from '../../src/core/data/formats/format.ts';
import { asSource } from '../../src/core/data/formats/source.ts';
import { LabError } from '../../src/core/errors.ts';
import { npyFile } from '../support/files.ts';
import { oldTorchStorageFile, tensorPickle } from '../support/oldTorchFile.ts';
import { matFile, matSamples, matStruct } from '../support/matFile.ts';
import { pthFile } from '../support/pthFile.ts';

/** A small well-formed file of each format; a new format needs one here. */
const wellFormed: Record<string, Uint8Array> = {
  npy: npyFile({ descr: '<f8', shape: '(2, 3)', body: new Uint8Array(48) }),
  npz: encodeNpz({ x: { shape: [2], data: Float32Array.of(1, 2) } }),
  pth: pthFile({ x: [2, 3] }),
  pkl: tensorPickle([2, 3], oldTorchStorageFile([1, 2, 3, 4, 5, 6])),
  mat: matFile([['all', matStruct([1, 1], [Object.fromEntries(matSamples)])]], { compressed: true }),
  csv: new TextEncoder().encode('name,x,y\n"a, b",1,2\nc,3,\n'),
};

/** A text may end anywhere: what is cut off may be a whole table. */
const withoutEnd = new Set(['csv']);

function arraysIn(value: FileValue, path: Path = []): [Path, FileArray][] {
  if (isArray(value)) return [[path, value]];
  const inside = value instanceof Map ? [...value] : Array.isArray(value) ? [...value.entries()] : [];
  return inside.flatMap(([step, inner]) => arraysIn(inner, [...path, step]));
}

/** Everything, the last of each axis, all but the first of one axis, nothing. */
function somePartsOf(shape: readonly number[]): Range[][] {
  const last = shape.map((n): Range => [n - 1, n]);
  const oneAxis = shape.map((n, axis) => shape.map((_, other): Range => (other === axis ? [1, n] : null)));
  return [[], last, ...oneAxis, shape.map((): Range => [0, 0])];
}

describe('formats', () => {
  it('have ids and extensions of their own', () => {
    const ids = formats.map((format) => format.id);
    const extensions = formats.flatMap((format) => format.extensions);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(extensions).size).toBe(extensions.length);
    for (const extension of extensions) expect(extension).toMatch(/^\.[a-z0-9]+$/);
    expect(Object.keys(wellFormed).sort()).toEqual(ids.toSorted());
  });

  describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
    const bytes = wellFormed[id];

    it('is recognised by its content alone, by no other format, and read', () => {
      expect(formatOf(bytes, 'no-extension')).toBe(format);
      expect(formats.filter((other) => other.recognises(asSource(bytes), 'no-extension'))).toEqual([format]);
      expect(format.read(bytes, 'file')).not.toBeNull();
    });

    it('reads the same from bytes in the middle of a larger buffer, which it leaves as they are', () => {
      const larger = new Uint8Array(bytes.length + 24).fill(0xaa);
      larger.set(bytes, 13);
      const view = larger.subarray(13, 13 + bytes.length);
      expect(format.read(view, 'file')).toEqual(format.read(bytes, 'file'));
      expect(view).toEqual(Uint8Array.from(bytes));
      expect(format.read(Buffer.from(bytes), 'file')).toEqual(format.read(bytes, 'file'));
    });

    it('describes what it reads, and reads any part of it alone', () => {
      const file = format.open(asSource(bytes), 'file');
      const value = file.read();
      expect(file.root).toEqual(describeValue(value));
      const arrays = arraysIn(value);
      expect(arrays.length).toBeGreaterThan(0);
      for (const [path, array] of arrays) {
        expect(file.read(path)).toEqual(array);
        for (const ranges of somePartsOf(array.shape)) {
          expect(file.slice(path, ranges)).toEqual(openValue(array, 'file').slice([], ranges));
        }
        expect(() => file.slice(path, [[0, array.shape[0] + 1]])).toThrow(
          expect.objectContaining({ code: 'format.slice' }),
        );
      }
      expect(() => file.read(['no such', 'entry'])).toThrow(expect.objectContaining({ code: 'format.path' }));
    });

    it.skipIf(withoutEnd.has(id))('refuses every file that is cut off, and says which', () => {
      for (let length = 0; length < bytes.length; length++) {
        const read = (): unknown => format.read(bytes.subarray(0, length), 'cut-off.file');
        expect(read, `${length} of ${bytes.length} bytes`).toThrow(LabError);
        expect(read).toThrow(/cut-off\.file/);
      }
    });
  });
});
