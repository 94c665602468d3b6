/** Spikes through the service, its reading threads and the command line. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Spikes } from '../../src/app/contract.ts';
import { readersOf } from '../../src/platform/workers/readers.ts';
import { projectFolder, removeFolder } from '../support/folders.ts';
import { centreOut, hatsopoulosFile, nwbFile } from '../support/spikeFiles.ts';
import { openLab } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

const reaches = centreOut({ units: 8 });

describe('a file of spikes', () => {
  let lab: TestLab;
  let file: string;
  beforeEach(async () => {
    lab = openLab();
    file = path.join(lab.folder, 'monkey.nwb');
    writeFileSync(file, await nwbFile(reaches));
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });
  const asked = async (): Promise<Spikes> => {
    const reply = await lab.service.handlers['dataset.import']({ path: file });
    if (reply.kind !== 'spikes') throw new Error(reply.kind);
    return reply.spikes;
  };

  it('is described, looked at with other options, and then imported as a dataset with single trials', async () => {
    const { handlers } = lab.service;
    const { suggestion, units, trials } = await asked();
    expect([units.length, trials]).toEqual([8, 32]);
    const look = (sdMs: number) => handlers['dataset.previewRates']({ path: file, rates: { ...suggestion, smoothing: { kind: 'gaussian', sdMs } }, units: [0, 3] }); // prettier-ignore
    const [narrow, wide] = await Promise.all([look(5), look(100)]);
    expect(narrow.report).toMatchObject({ steps: 121, unitsKept: [0, 1, 2, 3, 4, 5, 6, 7], unitsLeftOut: [] });
    expect(narrow.figures.map(({ title }) => title)).toEqual(['Unit 100', 'Unit 103']);
    const highest = ({ figures }: typeof narrow): number => Math.max(...figures[0].lines.flatMap(({ y }) => [...y]));
    expect(highest(narrow)).toBeGreaterThan(highest(wide) + 5);
    await expect(handlers['dataset.previewRates']({ path: file, rates: { ...suggestion, minTrials: 100 }, units: [] })).rejects.toMatchObject({ code: 'rates.minTrials' }); // prettier-ignore

    const reply = await handlers['dataset.import']({ path: file, rates: suggestion });
    if (reply.kind !== 'dataset') throw new Error(reply.kind);
    expect(reply.dataset).toMatchObject({ name: 'monkey', neurons: 8, steps: 121, conditions: 8 });
    const { singleTrials, neuronNames } = await lab.ports.workspace.readDataset(reply.dataset.id);
    expect(singleTrials).toHaveLength(31);
    expect(neuronNames![7]).toBe('107');
    expect(await handlers['dataset.import']({ path: file, rates: 'suggested' })).toMatchObject({ dataset: { id: reply.dataset.id } }); // prettier-ignore
  });

  it('can be looked at again after it was closed or left alone', async () => {
    const { suggestion: rates } = await asked();
    await lab.service.handlers['dataset.closeSpikes']({ path: file });
    const again = await lab.service.handlers['dataset.previewRates']({ path: file, rates, units: [1] });
    expect(again.units).toEqual([1]);

    const readers = readersOf((f) => f, { heapMb: 512, stalledSeconds: 60, idleSeconds: 0.05 });
    await readers.read({ path: file, into: null, stayOpen: true }).result;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await readers.previewRates({ path: file, rates, units: [0] })).units).toEqual([0]);
    readers.closeSpikes();
  });

  it('is refused by a plan that does not say how it becomes rates, and taken by one that does', async () => {
    const { presets } = await import('../../src/app/presets.ts');
    const { plan } = presets[0];
    const task = { ...plan.task, settings: { ...plan.task.settings, outputs: ['position'] } };
    const checked = (data: object): Promise<unknown> => Promise.resolve(lab.service.handlers['plan.check']({ ...plan, task, data: data as { path: string } })); // prettier-ignore
    await expect(checked({ path: file })).rejects.toMatchObject({ code: 'data.rates' });
    await expect(checked({ path: file, rates: 'suggested' })).resolves.toMatchObject({ runs: expect.any(Number) as number }); // prettier-ignore
  });

  it('is described on the command line with options to paste, and imported by them', async () => {
    const mat = path.join(lab.folder, 'Dataset5.mat');
    writeFileSync(mat, await hatsopoulosFile(reaches));
    const cli = path.join(projectFolder, 'src/cli/index.ts');
    const lrlab = (...args: string[]) => spawnSync(process.execPath, [cli, '--home', path.join(lab.folder, 'cli'), ...args], { encoding: 'utf8' }); // prettier-ignore
    const told = lrlab('import', mat);
    expect(told.status).toBe(1);
    expect(told.stderr).toMatch(/^data\.rates: Importing ".*Dataset5\.mat": it holds spikes/);
    expect(told.stderr).toContain('movement onset: times of an event');
    expect(told.stderr).toContain('direction: numbers: 0, 45, 90, 135, 180, 225, 270, 315');
    const pasted = /--rates '(\{.*\})'/.exec(told.stderr)![1];
    const made = lrlab('import', mat, '--rates', pasted);
    expect(made.stdout).toMatch(/Dataset5: 8 neurons × 121 steps × 8 conditions, -800 to 400 ms from movement onset/);
    const same = lrlab('import', mat, '--rates', 'suggested');
    expect(same.stdout.split(' ')[0]).toBe(made.stdout.split(' ')[0]);
    const small = ['--preset', 'quick', '--units', '16', '--updates', '4', '--trials', '8', '--test-trials', '8'];
    const trained = lrlab('train', '--data', mat, '--rates', 'suggested', ...small, '--seeds', '1', '--json', '--out', path.join(lab.folder, 'out')); // prettier-ignore
    expect(trained.status, trained.stderr).toBe(0);
    expect(trained.stdout).toContain(`"dataset": "${made.stdout.split(' ')[0]}"`);
    const narrow = lrlab('import', mat, '--rates', pasted.replace('"sdMs":25', '"sdMs":0'));
    expect(narrow.stderr).toMatch(/^rates\.invalid: Reading the rates: smoothing\.sdMs/);
  }, 60_000);
});
