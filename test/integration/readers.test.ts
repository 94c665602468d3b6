/** Files are understood in threads of their own, within limits, and can be given up. */
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readersOf } from '../../src/platform/workers/readers.ts';
import { samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { participationRatio } from '../../src/core/metrics/participationRatio.ts';
import { openFileSource } from '../../src/platform/files/fileSource.ts';
import { importUnits, unitFiles } from '../../src/core/data/importDataset.ts';
import { openUnits } from '../../src/platform/workers/openUnits.ts';
import { npyFile } from '../support/files.ts';
import { removeFolder } from '../support/folders.ts';
import { referencePath, hasReference } from '../support/reference.ts';
import { unitFile, unitTrials } from '../support/unitFile.ts';
import { matCell, matFile } from '../support/matFile.ts';
import { openLab } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

const limits = { heapMb: 512, stalledSeconds: 60 };
const mapping = {
  axes: ['neuron', 'time', 'condition'] as ('neuron' | 'time' | 'condition')[],
  dtMs: 15,
  startMs: 0,
  alignment: 'cue',
  name: 'M',
};

describe('reading files from elsewhere', () => {
  let lab: TestLab;
  let file: string;
  beforeEach(() => {
    lab = openLab();
    file = path.join(lab.folder, 'rates.npy');
    writeFileSync(file, npyFile({ descr: '<f8', shape: '(3, 4, 2)', body: new Uint8Array(8 * 24) }));
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  it('tells how far it is, and what came of it', async () => {
    const told: number[] = [];
    const { result } = readersOf((f) => path.basename(f), limits).read({ path: file, into: null }, ({ share }) => told.push(share)); // prettier-ignore
    expect(await result).toMatchObject({ kind: 'question', question: { arrays: [{ key: null, shape: [3, 4, 2] }] } });
    expect(told.length).toBeGreaterThan(0);
    for (const share of told) expect(share >= 0 && share <= 1).toBe(true);
  });

  it('is given up where it takes too much time', async () => {
    const { result } = readersOf((f) => f, { heapMb: 512, stalledSeconds: 0 }).read({ path: file, into: null });
    await expect(result).rejects.toMatchObject({ code: 'import.time', message: expect.stringContaining('rates.npy') as string }); // prettier-ignore
  });

  it('is given up where its content takes too much memory, and nothing else ends', async () => {
    const cells = path.join(lab.folder, 'cells.mat');
    // an array of no bytes takes eight in the file and many times as much in JavaScript, whose own limit ends the program
    const empty = Buffer.alloc(9_000_000 * 8, Uint8Array.of(14, 0, 0, 0, 0, 0, 0, 0));
    writeFileSync(cells, matFile([['x', matCell([1, 9_000_000], [() => empty])]]));
    const { result } = readersOf((f) => f).read({ path: cells, into: null });
    await expect(result).rejects.toMatchObject({ code: 'format.memory', message: expect.stringContaining('GiB') as string }); // prettier-ignore
  }, 60_000);

  it('computes what a large recording says about itself by the engine that was found', async () => {
    const [neurons, steps, conditions] = [200, 1000, 10];
    const numbers = Float64Array.from({ length: neurons * steps * conditions }, (_, i) => Math.sin(i * i * 1e-3));
    const large = path.join(lab.folder, 'large.npy');
    writeFileSync(large, npyFile({ descr: '<f8', shape: `(${neurons}, ${steps}, ${conditions})`, body: new Uint8Array(numbers.buffer) })); // prettier-ignore
    const reply = await lab.service.handlers['dataset.import']({ path: large, mapping: { array: null, ...mapping } });
    if (reply.kind !== 'dataset') throw new Error(reply.kind);
    const activity = { shape: [neurons, steps, conditions], data: numbers };
    const known = participationRatio.measure(samplesByNeurons(activity));
    expect(reply.dataset.participationRatio).toBeCloseTo(known, 8);
    expect(reply.dataset.crossConditionAverage).toBeGreaterThan(0);
  }, 60_000);

  it('is given up when it is cancelled', async () => {
    const { result, cancel } = readersOf((f) => f, limits).read({ path: file, into: null });
    cancel();
    await expect(result).rejects.toMatchObject({ code: 'import.cancelled' });
  });

  it('cancels an import of the service by its path, which then stores nothing', async () => {
    const importing = Promise.resolve(lab.service.handlers['dataset.import']({ path: file, mapping: { array: null, ...mapping } })); // prettier-ignore
    await Promise.resolve(lab.service.handlers['dataset.cancelImport']({ path: file }));
    await expect(importing).rejects.toMatchObject({ code: 'import.cancelled' });
    expect(lab.ports.store.datasets.list()).toEqual([]);
  });

  it.skipIf(!hasReference)('imports MATLAB 7.3 files (skipped without the reference data)', async () => {
    const folder = referencePath('data', 'mante13_raw_synthetic', 'matlab_v73');
    const matlab = path.join(folder, 'v73_chunked_gzip_single.mat');
    const reply = await lab.service.handlers['dataset.import']({
      path: matlab,
      mapping: { array: 'rates', ...mapping },
    });
    expect(reply).toMatchObject({
      kind: 'dataset',
      dataset: { neurons: 6, steps: 40, conditions: 4, source: { format: 'mat73' } },
    });
    const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Record<
      string,
      { values_c_order_of_matlab_shape: { data: number[] } }
    >;
    if (reply.kind !== 'dataset') throw new Error('not imported');
    const { activity } = await lab.ports.workspace.readDataset(reply.dataset.id);
    const { data } = expected['v73_chunked_gzip_single.mat'].values_c_order_of_matlab_shape;
    expect([...activity.data]).toEqual([...Float32Array.from(data)]);
  });

  it('reads a part of a file of 3 GB without the rest of it', () => {
    const large = path.join(lab.folder, 'large.npy');
    const head = npyFile({ descr: '<f8', shape: '(3000, 125000)', body: new Uint8Array() });
    const handle = openSync(large, 'w');
    writeSync(handle, head);
    ftruncateSync(handle, head.length + 3e9);
    closeSync(handle);
    let read = 0;
    const source = openFileSource(large, (bytes) => (read += bytes));
    expect(source.read(source.size - 100_000, 100_000)).toHaveLength(100_000);
    expect(() => source.read(source.size - 1, 2)).toThrow(expect.objectContaining({ code: 'format.cutOff' }));
    source.close();
    expect(read).toBe(100_000);
  });
});

describe('a folder of single units', () => {
  let lab: TestLab;
  let folder: string;
  beforeEach(() => {
    lab = openLab();
    folder = path.join(lab.folder, 'monkey A');
    mkdirSync(folder);
    for (const name of ['b', 'a']) writeFileSync(path.join(folder, `${name}.mat`), unitFile(unitTrials()));
    writeFileSync(path.join(folder, 'c.mat'), '');
    writeFileSync(path.join(folder, 'notes.txt'), 'not read');
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  it('is read file by file in the order of names, and each is accounted for', async () => {
    const { handlers } = lab.service;
    const reply = await handlers['dataset.import']({ path: folder });
    if (reply.kind !== 'dataset') throw new Error('not imported');
    expect(reply.dataset).toMatchObject({ name: 'Mante 2013: monkey A', neurons: 2, steps: 2, conditions: 72 });
    expect(reply.files!.map(({ file, kept }) => [file, kept])).toEqual([['a.mat', true], ['b.mat', true], ['c.mat', false]]); // prettier-ignore
    expect(reply.files![2].why).toMatch(/empty/);
    expect(await handlers['dataset.files']({ dataset: reply.dataset.id })).toEqual(reply.files);
    expect(lab.events.some(({ name }) => name === 'dataset.importing')).toBe(true);
    const hashes = reply.files!.slice(0, 2).map(({ file, sha256 }) => `${sha256}  ${file}\n`);
    expect(reply.dataset.source.sha256).toBe(lab.ports.machine.sha256(hashes.join('')));

    const again = await handlers['dataset.import']({ path: folder, units: { dtMs: 15, selection: 'published' } });
    expect(again).toMatchObject({ dataset: { id: reply.dataset.id } });
    const other = await handlers['dataset.import']({ path: folder, units: { dtMs: 5, selection: 'published' } });
    expect(other).toMatchObject({ dataset: { steps: 6 } });
  });

  it.each(['published', 'corrected'] as const)(
    'of many files is what it is read one by one (%s)',
    async (selection) => {
      const many = path.join(lab.folder, 'monkey B');
      mkdirSync(many);
      const unit = (n: number): Uint8Array => unitFile(unitTrials(({ rate }) => ({ rate: (rate * (n + 1)) % 17 })));
      for (let n = 0; n < 150; n++) {
        const bytes =
        n === 0 ? unitFile(unitTrials(() => ({ correct: 0 }))) // not kept: the next says how all are sampled
        : n % 20 === 7 ? Buffer.from('no MATLAB file')
        : n % 20 === 11 ? unitFile(unitTrials(), { samples: 40 })
        : n % 20 === 13 ? readFileSync(path.join(many, 'unit 012.mat')) // a copy
        : unit(n); // prettier-ignore
        writeFileSync(path.join(many, `unit ${String(n).padStart(3, '0')}.mat`), bytes);
      }
      const options = { dtMs: 15, selection };
      const reply = await lab.service.handlers['dataset.import']({ path: many, units: options });
      if (reply.kind !== 'dataset') throw new Error(reply.kind);
      const names = unitFiles(readdirSync(many));
      const oneByOne = importUnits(
        openUnits(many, names, () => undefined),
        reply.dataset.source,
        options,
      );
      const dataset = await lab.ports.workspace.readDataset(reply.dataset.id);
      expect(dataset.activity).toEqual(oneByOne.activity);
      expect(dataset.facts).toEqual(oneByOne.facts);
      expect(reply.files).toEqual(oneByOne.files);
      expect(reply.files!.filter(({ kept }) => kept)).toHaveLength(selection === 'published' ? 134 : 17);
      expect(new Set(reply.files!.map(({ why }) => why.replace(/\d+/g, 'n'))).size).toBeGreaterThan(3);
    },
  );

  it('can be cancelled, and then stores nothing', async () => {
    const importing = Promise.resolve(lab.service.handlers['dataset.import']({ path: folder }));
    await Promise.resolve(lab.service.handlers['dataset.cancelImport']({ path: folder }));
    await expect(importing).rejects.toMatchObject({ code: 'import.cancelled' });
    expect(lab.ports.store.datasets.list()).toEqual([]);
  });

  it('is what length of a step and selection are for', async () => {
    const units = { dtMs: 15, selection: 'corrected' as const };
    const file = lab.service.handlers['dataset.import']({ path: path.join(folder, 'a.mat'), units });
    await expect(file).rejects.toMatchObject({ code: 'units.folder' });
  });
});
