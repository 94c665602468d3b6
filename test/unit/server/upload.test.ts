import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveUpload, removeOldUploads, safeName } from '../../../src/server/upload.ts';
import { removeFolder, temporaryFolder } from '../../support/folders.ts';

let incoming: string;
beforeEach(() => (incoming = temporaryFolder()));
afterEach(() => removeFolder(incoming));

const body = (...chunks: string[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

describe('an upload', () => {
  it('is kept under its own name in a folder of its own', async () => {
    const { path: file } = await receiveUpload(body('abc', 'def'), 'monkey A.npy', incoming, 6);
    expect(readFileSync(file, 'utf8')).toBe('abcdef');
    expect(path.basename(file)).toBe('monkey A.npy');
    expect(path.dirname(path.dirname(file))).toBe(incoming);
  });

  it('of a folder keeps each file at its place, and never leaves its own folder', async () => {
    const first = await receiveUpload(body('a'), 'nets/one/a.pth', incoming, 6);
    const second = await receiveUpload(body('b'), 'nets/../../b.pth', incoming, 6, first.id);
    expect(second).toEqual(first);
    expect(path.relative(incoming, first.path)).toBe(path.join(first.id, 'nets'));
    expect(readFileSync(path.join(first.path, 'one', 'a.pth'), 'utf8')).toBe('a');
    expect(readFileSync(path.join(first.path, 'recording', 'recording', 'b.pth'), 'utf8')).toBe('b');
    for (const joins of ['..', '', '../../outside', 'x'.repeat(13)]) {
      await expect(receiveUpload(body('a'), 'a', incoming, 6, joins)).rejects.toMatchObject({ code: 'file.upload' });
    }
    expect(readdirSync(incoming)).toEqual([first.id]);
  });

  it('that is too large is refused and leaves nothing behind', async () => {
    await expect(receiveUpload(body('abc', 'defg'), 'a.npy', incoming, 6)).rejects.toMatchObject({
      code: 'file.large',
    });
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('that breaks off leaves nothing behind', async () => {
    const broken = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.from('abc'));
        throw new Error('connection lost');
      })(),
    );
    await expect(receiveUpload(broken, 'a.npy', incoming, 100)).rejects.toThrow('connection lost');
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('is removed after a day without an import, a younger one is not', async () => {
    for (const name of ['old', 'young']) mkdirSync(path.join(incoming, name));
    utimesSync(path.join(incoming, 'old'), 0, 0);
    await removeOldUploads(incoming);
    expect(existsSync(path.join(incoming, 'old'))).toBe(false);
    expect(existsSync(path.join(incoming, 'young'))).toBe(true);
  });
});

describe('the name of an upload', () => {
  it.each([
    ['recording.npz', 'recording.npz'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\data\\a.npy', 'a.npy'],
    ['..', 'recording'],
    ['', 'recording'],
    ['.hidden.npy', 'hidden.npy'],
    ['a\u0000b:c?.npy', 'a_b_c_.npy'],
    ['Daten – Affe.npy', 'Daten – Affe.npy'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeName(given)).toBe(safe);
  });

  it('keeps its suffix when it is long', () => {
    const name = safeName(`${'x'.repeat(400)}.npz`);
    expect(name).toMatch(/x\.npz$/);
    expect(name.length).toBe(120);
  });
});
