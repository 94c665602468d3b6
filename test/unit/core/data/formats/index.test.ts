import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../../../../scripts/sample/npz.ts';
import { formatOf } from '../../../../../src/core/data/formats/index.ts';
import { npyFile, zipFile } from '../../../../support/files.ts';

const array = npyFile({ descr: '<f8', shape: '(1,)', body: new Uint8Array(8) });

describe('the format of a file', () => {
  it.each([
    ['npy', array],
    ['npz', encodeNpz({ x: { shape: [1], data: Float32Array.of(1) } })],
    ['pth', zipFile([{ name: 'model/data.pkl', content: Uint8Array.of(0x80, 2, 0x4e, 0x2e) }])],
  ])('is %s by its content, whatever its name', (id, bytes) => {
    expect(formatOf(bytes, 'download.bin').id).toBe(id);
  });

  it.each([
    ['npz', 'broken.npz'],
    ['pth', 'broken.pt'],
  ])('is %s by its name where an archive cannot be read', (id, name) => {
    expect(formatOf(Uint8Array.of(0x50, 0x4b, 3, 4), name).id).toBe(id);
  });

  it('is refused where neither tells', () => {
    expect(() => formatOf(Uint8Array.of(1, 2, 3), 'x.npy')).toThrow(
      expect.objectContaining({ code: 'format.unknown' }),
    );
  });
});
