import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../../../src/core/data/formats/crc32.ts';
import { isZip, zipMembers } from '../../../../../src/core/data/formats/zip.ts';
import { Mt19937 } from '../../../../../src/core/math/random/mt19937.ts';
import { codeOf, messageOf, text, zipFile } from '../../../../support/files.ts';
import type { ZipPart } from '../../../../support/files.ts';

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 7);
const a: ZipPart = { name: 'a', content };
const b: ZipPart = { name: 'b', content: text('hello'), stored: true };

const unpacked = (bytes: Uint8Array): [string, Uint8Array][] =>
  zipMembers(bytes, 'x.npz').map((member) => [member.name, member.read()]);
const refusal = (bytes: Uint8Array): string => messageOf(() => unpacked(bytes));

describe('zipMembers', () => {
  it.each([
    ['stored and deflated', zipFile([a, b])],
    ['with a comment', zipFile([a, b], { comment: 'made by hand' })],
    ['with 64-bit places', zipFile([{ ...a, zip64: true }, b], { zip64: true })],
  ])('gives the members %s in the order of the directory', (_, bytes) => {
    expect(isZip(bytes)).toBe(true);
    const members = unpacked(bytes);
    expect(members.map(([name]) => name)).toEqual(['a', 'b']);
    expect(Buffer.compare(members[0][1], content)).toBe(0);
    expect(Buffer.compare(members[1][1], b.content)).toBe(0);
  });

  it('reads the same from a Node Buffer inside a larger one', () => {
    const bytes = zipFile([a, b]);
    const larger = Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]);
    expect(unpacked(larger.subarray(5, 5 + bytes.length))[0][0]).toBe('a');
  });

  it.each<[string, ZipPart[], RegExp]>([
    ['a wrong checksum', [{ ...a, claims: { checksum: 1 } }], /"a" is damaged/],
    ['more content than it says', [{ ...a, claims: { size: 99_999 } }], /"a" is damaged/],
    ['less content than it says', [{ ...a, claims: { size: 100_001 } }], /"a" is damaged/],
    ['a size that no packing could reach', [{ ...a, claims: { size: 2 ** 31 } }], /size of "a" cannot be true/],
    ['a stored member of another size', [{ ...b, claims: { size: 6 } }], /size of "b" cannot be true/],
    ['a method that is not known', [{ ...a, claims: { method: 12 } }], /packed by method 12/],
    ['an encrypted member', [{ ...a, claims: { flags: 1 } }], /"a" is encrypted/],
    ['a member beyond the file', [{ ...b, claims: { packed: 1e6, size: 1e6 } }], /cut off or damaged/],
    ['a place without a member', [{ ...a, claims: { local: 1 } }], /directory is damaged/],
    ['two names for the same bytes', [a, { ...a, name: 'b', claims: { local: 0 } }], /"b" overlaps/],
  ])('refuses %s', (_, parts, message) => {
    const bytes = zipFile(parts);
    expect(codeOf(() => unpacked(bytes))).toBe('format.zip');
    expect(refusal(bytes)).toMatch(message);
  });

  it('refuses what unpacks to more than 4 GiB, before it unpacks', () => {
    const random = new Mt19937(1);
    const noise = Uint8Array.from({ length: 1_000_000 }, () => random.uint32());
    const parts = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, content: noise, claims: { size: 900_000_000 } }));
    expect(refusal(zipFile(parts))).toMatch(/unpacks to more than 4 GiB/);
  });

  it('stops unpacking where a member turns out larger than it says', () => {
    const bomb = { name: 'bomb', content: new Uint8Array(20_000_000), claims: { size: 10 } };
    expect(refusal(zipFile([bomb]))).toMatch(/"bomb" is damaged/);
  });

  it('refuses an archive cut off at any byte', () => {
    const bytes = zipFile([b, { ...b, name: 'c', stored: false }]);
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => unpacked(bytes.subarray(0, length)))).toBe('format.zip');
    }
  });
});

describe('crc32', () => {
  it.each([0, 1, 3, 4, 5, 1000])('agrees with zlib on %i bytes', (length) => {
    expect(crc32(content.subarray(7, 7 + length))).toBe(zlibCrc32(content.subarray(7, 7 + length)));
  });
});
