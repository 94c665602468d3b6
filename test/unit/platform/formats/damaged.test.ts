/** HDF5 files that once held the library for ever or long, or took much memory: found by damaging files (test/fuzz/hdf5.ts). */
import { describe, expect, it } from 'vitest';
import { asSource } from '../../../../src/core/data/formats/source.ts';
import { heapEnds } from '../../../../src/platform/formats/h5Heap.ts';
import { loadLibrary } from '../../../../src/platform/formats/h5Module.ts';
import { hdf5 } from '../../../../src/platform/formats/hdf5.ts';
import { codeOf, messageOf } from '../../../support/files.ts';
import { h5File } from '../../../support/h5Samples.ts';

await loadLibrary();

const words = await h5File([{ path: 'words', data: Array.from({ length: 3 }, (_, i) => `word ${i}`) }]);

const read = (bytes: Uint8Array) => (): unknown => hdf5.open(asSource(bytes), 'x.h5').read();

/** Where the heap of texts begins. */
const heapAt = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf('GCOL');

describe('a damaged heap of texts', () => {
  it('is one that ends while it is whole', () => {
    expect(heapEnds(words.subarray(heapAt(words)))).toBe(true);
    expect(read(words)()).toEqual(new Map([['words', ['word 0', 'word 1', 'word 2']]]));
  });

  it.each([
    ['an object of no length', 0n],
    ['free space shorter than what says so', 8n],
    ['an object beyond its end', 1n << 40n],
    ['an object whose length is nearly 2^64', (1n << 64n) - 8n],
  ])('with %s is refused, and the library is not held', (_, size) => {
    const bytes = words.slice();
    const view = new DataView(bytes.buffer);
    const first = heapAt(bytes) + 16;
    view.setUint16(first, 0, true); // free space
    view.setBigUint64(first + 8, size, true);
    expect(heapEnds(bytes.subarray(heapAt(bytes)))).toBe(false);
    expect(codeOf(read(bytes))).toMatch(/^format\./);
    expect(messageOf(read(bytes))).toContain('x.h5');
  });
});

describe('a huge count of texts', () => {
  // 16 bytes each, which a file may leave unwritten; but each would be looked up on its own
  const grown = (count: number): Promise<Uint8Array> =>
    h5File([{ path: 'words', data: ['a', 'b', 'c'], shape: [3], chunks: [1000], grownTo: [count] }]);

  it('is read where a file can hold as many', async () => {
    const unwritten = Array.from({ length: 997 }, () => expect.any(String) as string);
    expect(read(await grown(1000))()).toEqual(new Map([['words', ['a', 'b', 'c', ...unwritten]]]));
  });

  it('is refused before they are looked up where it cannot', async () => {
    const bytes = await grown(3_000_000);
    expect(codeOf(read(bytes))).toMatch(/^format\./);
    expect(messageOf(read(bytes))).toContain(`more than a file of ${bytes.length} bytes can hold`);
  });
});

describe('a text that claims a length of gigabytes', () => {
  it('is refused without taking them', () => {
    const bytes = words.slice();
    const view = new DataView(bytes.buffer);
    const heap = BigInt(heapAt(bytes));
    // of each text: its length, where its heap is, and its number there
    const address = Buffer.alloc(8);
    address.writeBigUInt64LE(heap);
    const first = Buffer.from(bytes).indexOf(address) - 4;
    expect(view.getUint32(first, true)).toBe('word 0'.length);
    view.setUint32(first, 1_900_000_000, true);
    const before = process.memoryUsage.rss();
    expect(codeOf(read(bytes))).toMatch(/^format\./);
    expect(process.memoryUsage.rss() - before).toBeLessThan(256 * 1024 ** 2);
  });
});
