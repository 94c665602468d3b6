import { existsSync, mkdirSync, readdirSync, readlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUserFile } from '../../src/platform/files/userFile.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, samplePath } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('importing a file', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  const attempt = (file: string) => Promise.resolve(lab.service.handlers['dataset.import']({ path: file }));
  const nothingStored = (): void => {
    expect(lab.ports.store.datasets.list()).toEqual([]);
    expect(readdirSync(path.join(lab.folder, 'datasets'))).toEqual([]);
  };

  it('keeps the sample once, however often it is imported', async () => {
    const [first, again] = [await attempt(samplePath), await attempt(samplePath)];
    expect(first).toEqual(again);
    expect(first).toMatchObject({ kind: 'dataset', dataset: { simulated: true, conditions: 8, steps: 121 } });
    expect(lab.ports.store.datasets.list()).toHaveLength(1);
  });

  it.each([
    ['an empty file', 'empty.npy', () => Buffer.alloc(0), 'file.empty'],
    [
      'random bytes',
      'noise.npy',
      () => Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251)),
      /^format\./,
    ],
    ['a truncated array', 'short.npy', () => npyHeader('<f8', false, [3, 4, 5]), /^format\./],
    ['a negative length', 'negative.npy', () => npyHeader('<f8', false, [-3, 4, 5]), /^format\./],
    ['text', 'notes.npy', () => Buffer.from('hello'), /^format\./],
  ])('refuses %s and stores nothing', async (_what, name, content, code) => {
    const file = path.join(lab.folder, name);
    writeFileSync(file, content());
    await expect(attempt(file)).rejects.toMatchObject({
      name: 'LabError',
      code: typeof code === 'string' ? code : (expect.stringMatching(code) as string),
      message: expect.stringContaining(name) as string,
    });
    nothingStored();
  });

  it('refuses a folder without units and a missing file', async () => {
    mkdirSync(path.join(lab.folder, 'a folder.npy'));
    await expect(attempt(path.join(lab.folder, 'a folder.npy'))).rejects.toMatchObject({ code: 'units.none' });
    await expect(attempt(path.join(lab.folder, 'nowhere.npy'))).rejects.toMatchObject({ code: 'file.missing' });
    nothingStored();
  });

  it.runIf(process.platform === 'linux')('refuses a file that vanishes while it is read', async () => {
    const file = path.join(lab.folder, 'large.npy');
    writeFileSync(file, '');
    truncateSync(file, 400 * 1024 * 1024);
    const reading = readUserFile(file).then(
      () => 'read',
      (error: { code: string }) => error.code,
    );
    while (!isOpen(file)) await new Promise((resolve) => setImmediate(resolve));
    unlinkSync(file);
    expect(await reading).toBe('file.changed');
    expect(existsSync(file)).toBe(false);
  });

  it('asks for the mapping of a plain array, and keeps nothing until it is answered', async () => {
    const file = path.join(lab.folder, 'plain.npy');
    const shape = [6, 40, 8];
    const values = Float64Array.from({ length: 6 * 40 * 8 }, (_, i) => Math.sin(i) + 1);
    writeFileSync(file, Buffer.concat([npyHeader('<f8', false, shape), Buffer.from(values.buffer)]));
    const reply = await attempt(file);
    expect(reply).toMatchObject({ kind: 'question', question: { path: file, arrays: [{ shape }] } });
    nothingStored();
    const mapping = {
      array: null,
      axes: ['neuron', 'time', 'condition'] as ('neuron' | 'time' | 'condition')[],
      dtMs: 5,
      startMs: -100,
      alignment: 'cue',
      name: 'Plain',
    };
    const imported = await lab.service.handlers['dataset.import']({ path: file, mapping });
    expect(imported).toMatchObject({
      kind: 'dataset',
      dataset: { name: 'Plain', neurons: 6, steps: 40, conditions: 8, fromMs: -100, toMs: 95, alignment: 'cue' },
    });
  });
});

function isOpen(file: string): boolean {
  return readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  });
}

/** The head of an NPY file, version 1. */
function npyHeader(descr: string, fortran: boolean, shape: number[]): Buffer {
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')},), }`;
  const text = dict.padEnd(64 * Math.ceil((dict.length + 11) / 64) - 11) + '\n';
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(text)]);
}
