import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportedModel, RunDetail } from '../../src/app/contract.ts';
import type { DatasetId, RunId } from '../../src/app/plan.ts';
import { readStateDict } from '../../src/core/checkpoints/published.ts';
import { npz } from '../../src/core/data/formats/npz.ts';
import { zipMembers } from '../../src/core/data/formats/zip.ts';
import { largestDifferences } from '../../src/core/checkpoints/differences.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { networkParameters, usualSettings, writeModelFolder, type ModelFolder } from '../support/modelFolder.ts';
import { describeReference, referenceJson, referenceList, referencePath } from '../support/reference.ts';
import { openLab, smallPlan, type TestLab } from '../support/workspace.ts';

let lab: TestLab;
let outside: string;
beforeEach(() => {
  lab = openLab();
  outside = temporaryFolder();
});
afterEach(async () => {
  await lab.close();
  removeFolder(lab.folder);
  removeFolder(outside);
});

const importFrom = async (folder: string, dataset?: DatasetId): Promise<ImportedModel[]> =>
  lab.service.handlers['model.import']({ path: folder, dataset });
const detailOf = async (run: RunId | null): Promise<RunDetail> => lab.service.handlers['run.get']({ run: run! });
const sample = async (): Promise<DatasetId> => (await lab.service.handlers['dataset.importSample'](undefined)).id;
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a folder with a trained network', () => {
  it('opens as a run that is done, says where it comes from, and is analysed', async () => {
    const folder = writeModelFolder(outside, { errors: [1.5, 1, 0.5] });
    const [{ run, known, notes, error }] = await importFrom(folder, await sample());
    expect({ known, notes, error }).toEqual({ known: false, notes: [], error: null });
    await lab.service.queue.settled([run!]);
    const detail = await detailOf(run);
    expect(detail).toMatchObject({ state: 'done', update: 20, analyzed: 3, ruleLabel: 'e-prop', error: null });
    expect(detail.engine?.reason).toMatch(/^Analysing on "/);
    expect(detail.spec).toMatchObject({
      rule: 'e-prop',
      seed: 5,
      task: { id: 'reach', settings: {} },
      model: { units: 24, activation: 'retanh', tauMs: 100, leak: 'preactivation' },
      training: { updates: 20, trials: 10, optimizer: { learningRate: 0.0003, clipNorm: null } },
    });
    expect(detail.origin).toMatchObject({
      folder,
      settings: usualSettings,
      errors: { file: 'errornormalized_store.npy', update: [0, 10, 20], value: [1.5, 1, 0.5] },
    });
    expect(detail.origin!.files.map(({ name, sha256: hash }) => [name, hash])).toEqual(
      readdirSync(folder)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((name) => [name, sha256(path.join(folder, name))]),
    );
    expect(detail.checkpointRows.map((c) => [c.update, c.results['storedError']])).toEqual([
      [0, 1.5],
      [10, 1],
      [20, 0.5],
    ]);
    for (const { results } of detail.checkpointRows) {
      expect(results['procrustes']).toBeGreaterThan(0);
      expect(results['testError']).toBeGreaterThan(0);
    }
  });

  it('is kept apart in figures from a run trained here, and named', async () => {
    const [{ run }] = await importFrom(writeModelFolder(outside), await sample());
    const own = await lab.service.handlers['run.start'](smallPlan({ rules: ['e-prop'], updates: 5 }));
    await lab.service.queue.settled([run!, ...own]);
    const figure = await lab.service.handlers['figure.describe']({ figure: 'distanceVsUpdates', runs: [run!, ...own] });
    expect(figure.groups).toHaveLength(2);
    expect(figure.groups[0].label).toMatch(/^e-prop, imported/);
    expect(figure.groups[1].label).not.toMatch(/imported/);
    expect(figure.lines.filter((line) => line.role === 'member').map((line) => line.x.length)).toEqual([3, 2]);
    expect(figure.references.map((r) => r.label)).toContainEqual(expect.stringMatching(/average/));
  });

  it('is found again when its files are the same, also under another name', async () => {
    const dataset = await sample();
    const [first] = await importFrom(writeModelFolder(outside), dataset);
    const write = vi.spyOn(lab.ports.workspace, 'writeCheckpoint');
    const [again] = await importFrom(writeModelFolder(outside, { name: 'renamed' }), dataset);
    expect(write, 'it is known before anything is written').not.toHaveBeenCalled();
    write.mockRestore();
    expect(again).toMatchObject({ run: first.run, known: true });
    const [other] = await importFrom(writeModelFolder(outside, { updates: [0, 10] }), dataset);
    expect(other.run).toBe(first.run); // the third file is still there
    rmSync(path.join(outside, 'small_rng5_lm1_lr0.0003', 'model_parameter_update20.pth'));
    const [shorter] = await importFrom(path.join(outside, 'small_rng5_lm1_lr0.0003'), dataset);
    expect(shorter).toMatchObject({ known: false, notes: ['The last stored update is 10, of 20 that were made.'] });
    expect(readdirSync(path.join(lab.folder, 'runs'))).toHaveLength(2);
  });

  it('can be neither resumed nor stopped, but removed', async () => {
    const [{ run }] = await importFrom(writeModelFolder(outside), await sample());
    await lab.service.queue.settled([run!]);
    const { handlers } = lab.service;
    expect(() => handlers['run.resume']({ runs: [run!] })).toThrow(expect.objectContaining({ code: 'run.imported' }));
    void handlers['run.pause']({ runs: [run!] });
    void handlers['run.cancel']({ runs: [run!] });
    expect((await detailOf(run)).state).toBe('done');
    await handlers['run.remove']({ runs: [run!] });
    expect(readdirSync(path.join(lab.folder, 'runs'))).toEqual([]);
  });

  it('may lie beside others: one that cannot be read leaves them alone', async () => {
    writeModelFolder(outside, { name: 'a_lm0_x', settings: { ...usualSettings, figure_dir: '' } });
    writeModelFolder(outside, { name: 'b_lm1_x', settings: null });
    writeModelFolder(outside, { name: 'no network', updates: [] });
    const outcomes = await importFrom(outside, await sample());
    expect(outcomes.map(({ folder, error }) => [path.basename(folder), error?.code ?? null])).toEqual([
      ['a_lm0_x', null],
      ['b_lm1_x', 'published.settings'],
    ]);
    expect((await detailOf(outcomes[0].run)).spec.rule).toBe('bptt');
  });

  it('tells what it holds that is not understood', async () => {
    const settings = { ...usualSettings, brand_new: 3, schedule: [1, 2] };
    const [{ run, notes }] = await importFrom(writeModelFolder(outside, { settings }), await sample());
    expect(notes).toEqual([
      expect.stringMatching(/setting schedule is no number/),
      expect.stringMatching(/Not known here.*brand_new = 3/),
    ]);
    expect((await detailOf(run)).origin).toMatchObject({ notes, settings: { brand_new: 3 } });
  });

  it('goes by its name where its settings tell another rule, and says so', async () => {
    const [{ run, notes }] = await importFrom(writeModelFolder(outside, { name: 'x_lm0_y' }), await sample());
    expect(notes).toEqual([expect.stringMatching(/different learning rules \(0, 1\); 0 was taken/)]);
    expect((await detailOf(run)).ruleLabel).toBe('BPTT');
  });

  it('under the rule of feedback alignment is analysed without its feedback weights, and says so', async () => {
    const settings = { ...usualSettings, figure_dir: 'x_lm-2_y' };
    const [{ run, notes }] = await importFrom(writeModelFolder(outside, { name: 'x', settings }), await sample());
    expect(notes).toEqual([expect.stringMatching(/weights through which errors went back/)]);
    await lab.service.queue.settled([run!]);
    expect(await detailOf(run)).toMatchObject({ ruleLabel: 'Feedback alignment', analyzed: 3, error: null });
  });

  const refusals: [string, ModelFolder, string, RegExp][] = [
    ['no parameters', { updates: [] }, 'published.parameters', /found none.*Choose the folder of one network/],
    ['no settings', { settings: null }, 'published.settings', /model_info_dictionary\.npy/],
    [
      'half its settings',
      { settings: { task_name: 'Hatsopoulos2007' } },
      'published.settings',
      /lack n_recurrent, act/,
    ],
    ['a nameless rule', { name: 'x', settings: { ...usualSettings, figure_dir: 'y' } }, 'published.name', /_lm0_/],
    [
      'an unknown rule',
      { name: 'x', settings: { ...usualSettings, figure_dir: 'y_lm9_' } },
      'published.rule',
      /found 9/,
    ],
    ['another task', { settings: { ...usualSettings, task_name: 'Sudoku' } }, 'published.task', /Sudoku/],
    ['another class', { settings: { ...usualSettings, model_class: 'GRU' } }, 'published.value', /GRU/],
    ['too many units', { units: 25 }, 'checkpoint.shape', /ah0 of 24 .*found 25/],
    ['too many outputs', { outputs: 3 }, 'checkpoint.shape', /fc_h2y.weight of 2 × 24 .*found 3 × 24/],
    [
      'an unknown activation',
      { settings: { ...usualSettings, activation_function: 'sine' } },
      'published.value',
      /activation_function.*sine/,
    ],
  ];
  it.each(refusals)('with %s is refused with a reason, and leaves nothing behind', async (_, options, code, says) => {
    const dataset = await sample();
    const [{ run, error }] = await importFrom(writeModelFolder(outside, options), dataset);
    expect(run).toBeNull();
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) as string });
    expect(lab.ports.store.runs.list()).toEqual([]);
    expect(readdirSync(path.join(lab.folder, 'runs'))).toEqual([]);
  });

  it('with other PyTorch files is told from a network', async () => {
    const folder = writeModelFolder(outside, { updates: [] });
    writeFileSync(path.join(folder, 'resnet.pth'), 'x');
    expect((await importFrom(folder, await sample()))[0].error).toMatchObject({
      code: 'published.parameters',
      message: expect.stringMatching(/expected files model_parameter_update0\.pth.*found resnet\.pth/) as string,
    });
    await expect(importFrom(path.join(outside, 'nowhere'))).rejects.toMatchObject({ code: 'file.missing' });
    await expect(importFrom(path.join(folder, 'resnet.pth'))).rejects.toMatchObject({ code: 'file.directory' });
  });

  it('needs a recording, and never takes a simulated one unasked', async () => {
    await sample();
    const [{ error }] = await importFrom(writeModelFolder(outside));
    expect(error).toMatchObject({ code: 'published.recording', message: expect.stringMatching(/"reach"/) as string });
  });
});

describe('a network of a task that needs no recording', () => {
  it('is imported with the task alone, whatever recordings there are', async () => {
    await sample();
    const ofReach = (name: string): boolean => name.startsWith('OUTPUT') || name === 'toffsetoutput';
    const common = Object.fromEntries(Object.entries(usualSettings).filter(([name]) => !ofReach(name)));
    const settings = { ...common, task_name: 'Mante13', n_T: 113, n_trials: 288 };
    const [{ run, error }] = await importFrom(writeModelFolder(outside, { settings, inputs: 9, outputs: 3 }));
    expect(error).toBeNull();
    const { spec } = await detailOf(run);
    expect(lab.ports.store.datasets.get(spec.dataset)).toMatchObject({ neurons: 0, source: { layout: 'none' } });
    await lab.service.queue.settled([run!]);
    expect(await detailOf(run)).toMatchObject({ analyzed: 3, error: null, distance: null });
    expect((await importFrom(path.join(outside, 'small_rng5_lm1_lr0.0003')))[0]).toMatchObject({ run, known: true });
    await lab.service.handlers['run.remove']({ runs: [run!] });
    expect((await lab.service.handlers['dataset.list'](undefined)).map((d) => d.simulated)).toEqual([true]);
  });
});

describe('a run’s checkpoints', () => {
  const exported = async (run: RunId, update: number | 'last' | 'all', format: 'safetensors' | 'npz' | 'pth') =>
    lab.service.handlers['model.export']({ run, update, format });

  it('leave as files, one or all, trained here or imported', async () => {
    const [{ run: imported }] = await importFrom(writeModelFolder(outside), await sample());
    const [own] = await lab.service.handlers['run.start'](smallPlan({ rules: ['bptt'], updates: 10 }));
    await lab.service.queue.settled([imported!, own]);

    const pth = await exported(imported!, 10, 'pth');
    expect(pth.name).toMatch(/^e-prop-seed5-.{8}-update10\.pth$/);
    const { parameters } = readStateDict(pth.bytes);
    expect(
      Math.max(
        ...Object.values(largestDifferences(parameters, networkParameters({ units: 24, inputs: 3, outputs: 2 }, 10))),
      ),
    ).toBe(0);

    const last = npz.read((await exported(own, 'last', 'npz')).bytes, 'x.npz') as Map<string, string>;
    const metadata = JSON.parse(last.get('metadata')!) as object;
    expect(metadata).toMatchObject({
      update: 10,
      about: {
        network: { units: 24, activation: 'retanh', alpha: 0.1, leak: 'preactivation', dale: false },
        dtMs: 10,
        spec: { rule: 'bptt', seed: 1 },
      },
    });

    const all = await exported(own, 'all', 'safetensors');
    expect(all.name).toMatch(/\.zip$/);
    const members = zipMembers(all.bytes, all.name);
    const rows = (await detailOf(own)).checkpointRows;
    expect(members.map((m) => m.name.slice(-20))).toEqual(['00', '05', '10'].map((u) => `update${u}.safetensors`));
    expect(members.map((m) => createHash('sha256').update(m.read()).digest('hex'))).toEqual(rows.map((c) => c.sha256));

    await expect(exported(own, 3, 'npz')).rejects.toMatchObject({
      code: 'export.update',
      message: expect.stringMatching(/updates 0, 5, 10/) as string,
    });
  });
});

type Curve = {
  update: number[];
  distance_Williams2021_0to1: number[];
  error: number[];
  participation_ratio: number[];
};

describeReference('the published reaching networks, imported', () => {
  it.each(['lm0', 'lm1'])('%s: distances, dimensions and errors are the published ones', async (mode) => {
    const recording = referenceList('data', 'hatsopoulos2007').find((name) => name.endsWith('.npy'))!;
    await lab.service.handlers['dataset.import']({ path: referencePath('data', 'hatsopoulos2007', recording) });
    const name = referenceList('checkpoints').find((n) => n.startsWith('Hats') && n.includes(`_${mode}_`))!;
    const folder = referencePath('checkpoints', name);
    const [{ run, notes, error }] = await importFrom(folder); // the recording is found by the task
    expect({ notes, error }).toEqual({ notes: [], error: null });
    await lab.service.queue.settled([run!]);

    const { checkpointRows, origin, error: failure } = await detailOf(run);
    expect(failure).toBeNull();
    expect(origin!.errors!.update).toHaveLength(115);
    expect(origin!.files).toHaveLength(13);
    const curve = referenceJson<{ curves: Record<string, Curve> }>('fixtures', 'curves', 'hatsopoulos2007.json').curves[
      name
    ];
    expect(checkpointRows.map((c) => c.update)).toEqual([0, 1, 2, 3, 4, 5, 25, 50, 100, 1000]);
    for (const { update, results } of checkpointRows) {
      const i = curve.update.indexOf(update);
      expect(Math.abs(results['procrustes']! - curve.distance_Williams2021_0to1[i])).toBeLessThan(1e-5);
      expect(Math.abs(results['participationRatio']! - curve.participation_ratio[i])).toBeLessThan(1e-5);
      expect(Math.abs(results['normalizedError']! / curve.error[i] - 1)).toBeLessThan(1e-4);
      expect(Math.abs(results['testError']! / results['storedError']! - 1)).toBeLessThan(1e-4);
    }
  });
});
