/** Pages of recordings through the application, and the same on the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetId } from '../../src/app/plan.ts';
import { fileStem } from '../../src/app/recordingPages.ts';
import { npzExport } from '../../src/core/data/exports/npzExport.ts';
import { projectFolder } from '../support/folders.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { exportFacts, fullDataset } from '../support/fullDataset.ts';
import { openLab, samplePath } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

function withTrials(folder: string): string {
  const file = path.join(folder, 'with trials.npz');
  writeFileSync(file, npzExport(fullDataset({ trialsOf: 8 }), exportFacts));
  return file;
}

describe('the page of a recording', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  const importFile = async (file: string): Promise<DatasetId> => {
    const reply = await lab.service.handlers['dataset.import']({ path: file });
    if (reply.kind !== 'dataset') throw new Error('It asked.');
    return reply.dataset.id;
  };

  it('has facts, rates, components and reliability, computed once and kept', async () => {
    const { handlers } = lab.service;
    const dataset = await importFile(withTrials(lab.folder));
    let started = 0;
    const { workers } = lab.ports;
    const start = workers.recording.bind(workers);
    workers.recording = (job, listen) => {
      started++;
      return start(job, listen);
    };
    const [overview, components, reliability] = await Promise.all([
      handlers['dataset.overview']({ dataset }),
      handlers['dataset.components']({ dataset, count: 2 }),
      handlers['dataset.reliability']({ dataset }),
    ]);
    expect(overview.facts.trials).toMatchObject({ from: 'singleTrials', total: 24 });
    expect(overview.axes).toMatchObject({ neuronNames: fullDataset().neuronNames, usual: { by: null }, files: 1 });
    expect(overview.figures.map(({ title }) => title)[0]).toBe('Population rate by condition: Monkey – «Ä»/left: 1');
    expect(components).toMatchObject({ of: 5, participationRatio: expect.any(Number) as number });
    expect(reliability.values).toHaveLength(5);
    expect(started).toBe(3);
    await handlers['dataset.rename']({ dataset, name: 'B' });
    const again = await handlers['dataset.overview']({ dataset, colours: { by: 'directionDeg', average: true } });
    await handlers['dataset.components']({ dataset, count: 5 });
    expect(again.facts).toEqual(overview.facts);
    expect(again.figures[0].title).toBe('Population rate by condition: B');
    expect(again.figures[0].lines).toHaveLength(2);
    expect(started).toBe(3);
  });

  it('says that the reliability needs single trials where there are averages alone', async () => {
    const { handlers } = lab.service;
    const { id } = await handlers['dataset.importSample'](undefined);
    const overview = await handlers['dataset.overview']({ dataset: id });
    expect(overview.facts.trials).toBeNull();
    expect(overview.figures[0].notes).toContain('Simulated, not recorded.');
    await expect(handlers['dataset.reliability']({ dataset: id })).rejects.toMatchObject({ code: 'recording.trials' });
  });

  it('keeps what is said, one by one, and tells that the dataset changed', async () => {
    const { handlers } = lab.service;
    const { id } = await handlers['dataset.importSample'](undefined);
    await handlers['dataset.describe']({ dataset: id, notes: 'left hemisphere' });
    lab.events.length = 0;
    const { about } = await handlers['dataset.describe']({ dataset: id, licence: 'CC0' });
    expect(about).toEqual({ notes: 'left hemisphere', licence: 'CC0', citation: '' });
    expect(lab.events).toContainEqual({ name: 'dataset.changed', payload: { dataset: id } });
    const [dataset] = await handlers['dataset.list'](undefined);
    expect(dataset).toMatchObject({ about, appVersion: lab.ports.machine.appVersion, origin: null });
  });

  it.each(['npz', 'nwb'] as const)('is exported as %s, and is known again when that is imported', async (format) => {
    const { handlers } = lab.service;
    const dataset = await importFile(withTrials(lab.folder));
    const { files } = await handlers['dataset.export']({ dataset, format });
    expect(files.map(({ name }) => name)).toEqual([`Monkey-Ä-left-1.${format}`]);
    const file = path.join(lab.folder, files[0].name);
    writeFileSync(file, files[0].bytes);
    expect(await importFile(file)).toBe(dataset);

    const other = openLab();
    try {
      await other.service.handlers['dataset.import']({ path: file });
      const [there] = await other.service.handlers['dataset.list'](undefined);
      expect(there).toMatchObject({ about: exportFacts.about, origin: { path: 'a b.npy' } });
    } finally {
      await other.close();
      removeFolder(other.folder);
    }
  });
});

describe('names of files', () => {
  it.each([
    ['Mante 2013: a/b', 'Mante-2013-a-b'],
    ['..', 'dataset'],
    ['«»', 'dataset'],
    ['x'.repeat(200), 'x'.repeat(80)],
    ['Ä–left (1)', 'Ä-left-(1)'],
  ])('are made of %s', (name, stem) => expect(fileStem(name)).toBe(stem));
});

describe('lrlab datasets', () => {
  let home: string;
  beforeEach(() => {
    home = temporaryFolder();
  });
  afterEach(() => removeFolder(home));
  const lrlab = (...args: string[]): { code: number | null; out: string; err: string } => {
    const cli = path.join(projectFolder, 'src/cli/index.ts');
    const r = spawnSync(process.execPath, [cli, '--home', home, ...args], { encoding: 'utf8', cwd: home });
    return { code: r.status, out: r.stdout, err: r.stderr };
  };

  it('shows, describes and exports a recording', () => {
    const id = lrlab('import', withTrials(home)).out.split(' ')[0];
    expect(lrlab('datasets', 'describe', id, '--citation', 'C 2021', '--json').out).toContain('"licence": "CC BY 4.0"');
    const shown = lrlab('datasets', 'show', id).out;
    expect(shown).toMatch(/^shape +5 neurons × 16 steps × 3 conditions$/m);
    expect(shown).toMatch(/^trials +8 per condition, 24 in all; single trials are there$/m);
    expect(shown).toMatch(/^split-half reliability +median /m);
    expect(shown).toMatch(/^citation +C 2021$/m);
    expect(JSON.parse(lrlab('datasets', 'show', id, '--json').out)).toMatchObject({
      dataset: { id },
      facts: { missing: 0 },
      files: { kept: 0, leftOut: 1 },
    });

    expect(lrlab('datasets', 'export', id, '--out', 'a.csv')).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(home, 'a.csv'), 'utf8')).toMatch(/^neuron,time_ms,condition,rate\nneuron m1,-133.3,/);
    expect(JSON.parse(readFileSync(path.join(home, 'a.csv.json'), 'utf8'))).toMatchObject({
      about: { citation: 'C 2021' },
    });
    const refused = lrlab('datasets', 'export', id, '--out', 'a.csv');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('export.exists') as string });
    expect(refused.err).toContain('--force');
    expect(lrlab('datasets', 'export', id, '--out', 'a.csv', '--force').code).toBe(0);
    expect(lrlab('datasets', 'export', id, '--format', 'npz').code).toBe(0);
    expect(existsSync(path.join(home, 'Monkey-Ä-left-1.npz'))).toBe(true);
  });

  it('says what is wrong', () => {
    expect(lrlab('datasets', 'show', 'nobody').err).toContain('dataset.unknown');
    expect(lrlab('datasets', 'export', 'nobody').err).toContain('dataset.unknown');
    const id = lrlab('import', samplePath).out.split(' ')[0];
    expect(lrlab('datasets', 'describe', id).err).toContain('--notes, --licence or --citation');
    expect(lrlab('datasets', 'export', id, '--format', 'xls').code).toBe(2);
    expect(lrlab('datasets', 'export', id, '--out', 'no such folder/x.npz').code).toBe(0);
  });
});
