import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mat } from '../../../../../src/core/data/formats/mat.ts';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { importDataset } from '../../../../../src/core/data/importDataset.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';
import { removeFolder, temporaryFolder } from '../../../../support/folders.ts';
import {
  matFile,
  matNumbers,
  matOpaque,
  matSamples,
  matSparse,
  matStruct,
  matText,
  matTypes,
} from '../../../../support/matFile.ts';
import type { MatClass, MatValue } from '../../../../support/matFile.ts';

const read = (bytes: Uint8Array) => mat.read(bytes, 'x.mat') as Map<string, FileValue>;
const one = (value: MatValue): FileValue => read(matFile([['x', value]])).get('x')!;
const values = (value: FileValue | undefined): number[] => Array.from((value as FileArray).data);

/** What `matSamples` has to be read as. */
function expectSamples(found: Map<string, FileValue>): void {
  expect([...found.keys()]).toEqual(matSamples.map(([name]) => name));
  // first axis fastest in the file, last here
  expect(found.get('rates')).toMatchObject({ shape: [2, 3, 2], dtype: 'float64' });
  expect(values(found.get('rates'))).toEqual([1, 7, 3, 9, 5, 11, 2, 8, 4, 10, 6, 12]);
  expect(found.get('small')).toMatchObject({ dtype: 'float64', data: Float64Array.of(3, 4) });
  const complex = found.get('z') as Map<string, FileValue>;
  expect([values(complex.get('real')), values(complex.get('imag'))]).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(found.get('on')).toMatchObject({ dtype: 'bool', data: Float64Array.of(1, 0, 1) });
  expect(found.get('word')).toBe('abc');
  const [first, second] = found.get('list') as FileValue[];
  expect([first, values(second)]).toEqual(['x', [7]]);
  const unit = found.get('unit') as Map<string, FileValue>;
  expect([values(unit.get('time')), unit.get('tag')]).toEqual([[0.5, 1], 'm1']);
  expect((found.get('units') as Map<string, FileValue>[]).map((u) => values(u.get('n')))).toEqual([[1], [2]]);
  expect(found.get('sparse')).toMatchObject({ shape: [3, 2], data: Float64Array.of(5, 0, 0, 7, 6, 0) });
}

describe('MATLAB 5 files', () => {
  it.each([
    ['little endian', {}],
    ['big endian', { bigEndian: true }],
    ['compressed', { compressed: true }],
    ['compressed, big endian', { compressed: true, bigEndian: true }],
  ])('are read with everything in them: %s', (_what, options) => {
    expectSamples(read(matFile(matSamples, options)));
  });

  it.each(Object.keys(matTypes) as MatClass[])('hold arrays of class %s', (as) => {
    const dtype = { single: 'float32', double: 'float64' }[as as string] ?? as;
    expect(one(matNumbers([1, 3], [1, 2, 100], { as }))).toMatchObject({ dtype, shape: [1, 3] });
    expect(values(one(matNumbers([1, 3], [1, 2, 100], { as })))).toEqual([1, 2, 100]);
  });

  it('hold texts in rows, whatever their characters are stored as', () => {
    for (const kind of ['utf8', 'utf16', 'bytes'] as const) {
      expect(one(matText(['left ', 'right'], kind))).toEqual(['left', 'right']);
    }
  });

  it('leave out what is no plain value, and say so where nothing is left', () => {
    expect([...read(matFile([['t', matOpaque], ['x', matNumbers([1, 1], [1])]])).keys()]).toEqual(['x']); // prettier-ignore
    expect(messageOf(() => read(matFile([['t', matOpaque]])))).toContain('found none that can be read');
  });

  it('are told apart from -v7.3 files, with the way out', () => {
    const message = messageOf(() => read(matFile(matSamples, { version: 0x0200 })));
    expect(message).toContain('-v7.3');
    expect(message).toContain('Save it again, with -v7');
  });

  it('import by a mapping, arrays of a struct by the names of both', () => {
    const cube = matNumbers(
      [2, 3, 4],
      Array.from({ length: 24 }, (_, i) => i),
    );
    const bytes = matFile([['unit', matStruct([1, 1], [{ rates: cube }])]], { compressed: true });
    const file = { path: 'x.mat', sha256: '', bytes: bytes.length };
    const asked = importDataset(bytes, file);
    expect(asked).toMatchObject({ kind: 'question', question: { arrays: [{ key: 'unit.rates', shape: [2, 3, 4] }] } });
    const imported = importDataset(bytes, file, {
      array: 'unit.rates',
      axes: ['neuron', 'time', 'condition'],
      dtMs: 10,
      startMs: 0,
      alignment: 'go',
      name: 'M',
    });
    if (imported.kind !== 'dataset') throw new Error('not imported');
    const { activity } = imported.dataset;
    expect(activity.data[(1 * 3 + 2) * 4 + 3]).toBe(1 + 2 * 2 + 6 * 3);
  });
});

describe('a hostile MATLAB 5 file', () => {
  const sized = (rows: number, columns: number): MatValue =>
    matSparse([rows, columns], { rowOf: [], starts: Array<number>(columns + 1).fill(0), values: [] });

  it.each<[string, MatValue, string]>([
    ['a sparse matrix of a billion elements', sized(2 ** 30, 1), 'when filled'],
    ['an array that claims more than it holds', matNumbers([1000, 1000], [1]), 'needs 8000000 bytes, found 8'],
    ['an extent below 0', matNumbers([-1, 2], []), 'cannot be'],
    ['a struct array that claims a million', matStruct([1000, 1000], [{ a: matNumbers([1, 1], [1]) }]), 'more than'],
    [
      'rows of a sparse matrix outside it',
      matSparse([2, 1], { rowOf: [2], starts: [0, 1], values: [1] }),
      'do not fit',
    ],
    [
      'columns of a sparse matrix that go back',
      matSparse([2, 2], { rowOf: [0, 1], starts: [0, 2, 1], values: [1, 2] }),
      'do not fit',
    ],
  ])('is refused for %s', (_what, value, words) => {
    expect(codeOf(() => one(value))).toBe('format.mat');
    expect(messageOf(() => one(value))).toContain(words);
  });

  it('is refused for arrays in one another without end', () => {
    let value = matNumbers([1, 1], [1]);
    for (let k = 0; k < 70; k++) value = matStruct([1, 1], [{ a: value }]);
    expect(messageOf(() => one(value))).toContain('deep');
  });

  it('is refused where a compressed element is damaged or within another', () => {
    const bytes = matFile(matSamples.slice(0, 1), { compressed: true });
    const last = bytes.length - 1;
    bytes[last] ^= 1; // of the checksum
    expect(messageOf(() => read(bytes))).toContain('damaged');
    const inner = matFile(matSamples.slice(0, 1), { compressed: true }).slice(128);
    const nested = matFile(matSamples.slice(0, 1), { compressed: true, repack: () => inner });
    expect(messageOf(() => read(nested))).toContain('expected an array');
  });
});

const python = '/usr/bin/python3';
const hasScipy = existsSync(python) && spawnSync(python, ['-c', 'import scipy.io']).status === 0;

describe.skipIf(!hasScipy)('MATLAB 5 files and SciPy (skipped where it is not installed)', () => {
  const script = `
import sys, numpy as np, scipy.io as io, scipy.sparse as sp
folder = sys.argv[1]
ours = io.loadmat(folder + '/ours.mat', squeeze_me=True)
assert ours['rates'].shape == (2, 3, 2) and ours['rates'][1, 2, 1] == 12, ours['rates']
assert ours['word'] == 'abc' and ours['z'][1] == 2 + 4j and list(ours['units']['n']) == [1, 2]
x = {'cube': np.arange(24.).reshape(2, 3, 4), 'single': np.float32([[1.5, -2]]), 'big': np.int64([[2**40, -1]]),
     'text': 'Grüße', 'rows': np.array(['ab', 'cde']), 'flag': np.array([[True, False]]), 'z': np.array([[1 + 2j]]),
     'sparse': sp.csc_matrix(np.array([[0, 1.], [2, 0]])), 'unit': {'time': np.arange(3.), 'name': 'n1'},
     'cell': np.array([np.array([[1., 2.]]), 'x'], dtype=object)}
for compressed in (False, True):
    io.savemat(folder + '/scipy%d.mat' % compressed, x, do_compression=compressed)
`;

  it('agree in both directions', () => {
    const folder = temporaryFolder();
    try {
      writeFileSync(path.join(folder, 'ours.mat'), matFile(matSamples));
      const ran = spawnSync(python, ['-c', script, folder], { encoding: 'utf8' });
      expect(ran.status, ran.stderr).toBe(0);
      for (const name of ['scipy0.mat', 'scipy1.mat']) {
        const found = read(new Uint8Array(readFileSync(path.join(folder, name))));
        expect(values(found.get('cube'))).toEqual(Array.from({ length: 24 }, (_, i) => i));
        expect(found.get('single')).toMatchObject({ dtype: 'float32', data: Float32Array.of(1.5, -2) });
        expect(values(found.get('big'))).toEqual([2 ** 40, -1]);
        expect([found.get('text'), found.get('rows')]).toEqual(['Grüße', ['ab', 'cde']]);
        expect(found.get('flag')).toMatchObject({ dtype: 'bool', data: Float64Array.of(1, 0) });
        expect(values((found.get('z') as Map<string, FileValue>).get('imag'))).toEqual([2]);
        expect(values(found.get('sparse'))).toEqual([0, 1, 2, 0]);
        const unit = found.get('unit') as Map<string, FileValue>;
        expect([values(unit.get('time')), unit.get('name')]).toEqual([[0, 1, 2], 'n1']);
        expect((found.get('cell') as FileValue[])[1]).toBe('x');
      }
    } finally {
      removeFolder(folder);
    }
  });
});
