/** What every file format promises. */
import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../scripts/sample/npz.ts';
import { formatOf, formats } from '../../src/core/data/formats/index.ts';
import { LabError } from '../../src/core/errors.ts';
import { npyFile } from '../support/files.ts';
import { oldTorchStorageFile, tensorPickle } from '../support/oldTorchFile.ts';
import { matFile, matNumbers } from '../support/matFile.ts';
import { pthFile } from '../support/pthFile.ts';

/** A small well-formed file of each format; a new format needs one here. */
const wellFormed: Record<string, Uint8Array> = {
  npy: npyFile({ descr: '<f8', shape: '(2, 3)', body: new Uint8Array(48) }),
  npz: encodeNpz({ x: { shape: [2], data: Float32Array.of(1, 2) } }),
  pth: pthFile({ x: [2, 3] }),
  pkl: tensorPickle([2, 3], oldTorchStorageFile([1, 2, 3, 4, 5, 6])),
  mat: matFile([['x', matNumbers([2, 3], [1, 2, 3, 4, 5, 6])]], { compressed: true }),
};

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
      expect(formats.filter((other) => other.recognises(bytes, 'no-extension'))).toEqual([format]);
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

    it('refuses every file that is cut off, and says which', () => {
      for (let length = 0; length < bytes.length; length++) {
        const read = (): unknown => format.read(bytes.subarray(0, length), 'cut-off.file');
        expect(read, `${length} of ${bytes.length} bytes`).toThrow(LabError);
        expect(read).toThrow(/cut-off\.file/);
      }
    });
  });
});
