import { describe, expect, it } from 'vitest';
import type { FileArray } from '../../../../../src/core/data/formats/format.ts';
import { npz } from '../../../../../src/core/data/formats/npz.ts';
import { codeOf, messageOf, npyFile, text, zipFile } from '../../../../support/files.ts';

const pair = npyFile({ descr: '|u1', shape: '(2,)', body: Uint8Array.of(3, 4) });

describe('npz', () => {
  it('reads its arrays by name and leaves other members alone', () => {
    const file = zipFile([
      { name: 'b.npy', content: pair },
      { name: 'notes.txt', content: text('hello') },
      { name: '__proto__.npy', content: pair, stored: true },
    ]);
    const value = npz.read(file, 'x.npz') as Map<string, FileArray>;
    expect([...value.keys()]).toEqual(['b', '__proto__']);
    expect(value.get('b')?.data).toEqual(Float64Array.of(3, 4));
  });

  it('says so when there is no array, and names the member that is damaged', () => {
    expect(codeOf(() => npz.read(zipFile([{ name: 'a.txt', content: text('a') }]), 'x.npz'))).toBe('format.npz');
    const cut = zipFile([{ name: 'a.npy', content: pair.subarray(0, -1) }]);
    expect(messageOf(() => npz.read(cut, 'x.npz'))).toMatch(/^Reading "x\.npz: a\.npy": .*cut off/);
  });
});
