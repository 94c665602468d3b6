import { describe, expect, it } from 'vitest';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { pkl } from '../../../../../src/core/data/formats/pkl.ts';
import { codeOf, joined, messageOf, numbers, text } from '../../../../support/files.ts';
import { oldTorchStorageFile, referencePickle, tensorPickle } from '../../../../support/oldTorchFile.ts';

const read = (bytes: Uint8Array): Map<string, FileValue> => pkl.read(bytes, 'x.pkl') as Map<string, FileValue>;

describe('pickles of tensors', () => {
  const values = [1, 2.5, -3, 4, 5, 6];

  it('read the tensor out of the format inside the pickle', () => {
    const found = read(tensorPickle([2, 3], oldTorchStorageFile(values))).get('x') as FileArray;
    expect({ ...found, data: Array.from(found.data) }).toEqual({
      kind: 'array',
      dtype: 'float32',
      shape: [2, 3],
      data: values,
    });
  });

  it.each<[string, Uint8Array, string]>([
    ['no magic number', oldTorchStorageFile(values, { magic: text('\x80\x02K\x01.') }), 'no format of PyTorch'],
    ['another version', oldTorchStorageFile(values, { version: text('\x80\x02K\x05.') }), 'a version other than 1001'],
    ['another byte order', oldTorchStorageFile(values, { littleEndian: false }), 'little-endian'],
    ['a list for a storage', oldTorchStorageFile(values, { object: text('\x80\x02].') }), 'is no storage'],
    ['another key', oldTorchStorageFile(values, { keys: ['8'] }), 'is missing'],
    ['two keys', oldTorchStorageFile(values, { keys: ['7', '7'] }), 'is missing'],
    ['another count', oldTorchStorageFile(values, { count: 5 }), 'is cut off'],
    ['too little data', oldTorchStorageFile(values, { data: new Uint8Array(20) }), 'is cut off'],
    ['a count that fits no memory', oldTorchStorageFile(values, { object: referencePickle(60_000) }), 'is cut off'],
  ])('refuse %s', (_, storage, words) => {
    const reading = () => read(tensorPickle([2, 3], storage));
    expect(codeOf(reading)).toBe('format.pickle.tensor');
    expect(messageOf(reading)).toContain(words);
  });

  it('refuse a tensor larger than its data', () => {
    expect(codeOf(() => read(tensorPickle([2, 4], oldTorchStorageFile(values))))).toBe('format.pickle.tensor');
  });

  it('refuse code inside of the data', () => {
    const object = text('\x80\x02cposix\nsystem\nX\x02\0\0\0ls\x85R.');
    expect(codeOf(() => read(tensorPickle([2, 3], oldTorchStorageFile(values, { object }))))).toBe(
      'format.pickle.global',
    );
  });

  it('refuse pickles nested once more', () => {
    const inside = tensorPickle([2, 3], oldTorchStorageFile(values));
    expect(codeOf(() => read(tensorPickle([2, 3], oldTorchStorageFile(values, { object: inside }))))).toBe(
      'format.pickle.nested',
    );
  });

  it('count the instructions of all pickles together, so that a small file cannot keep the reader busy for hours', () => {
    const long = joined(text('\x80\x02'), new Uint8Array(5000).fill('N'.charCodeAt(0)), referencePickle(6).subarray(2));
    const once = oldTorchStorageFile(values, { object: long });
    const calls = Array.from({ length: 400 }, () => text('ctorch.storage\n_load_from_bytes\nh\0\x85R0'));
    const bytes = joined(text('\x80\x04B'), numbers([4, once.length]), once, text('q\0'), ...calls, text('.'));
    const start = performance.now();
    expect(codeOf(() => read(bytes))).toBe('format.pickle.size');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
