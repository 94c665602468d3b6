import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventPayload } from '../../src/app/contract.ts';
import type { Plan, RunId } from '../../src/app/plan.ts';
import type { RunRow } from '../../src/app/ports.ts';
import { checkpointFile } from '../../src/platform/files/runFiles.ts';
import { removeFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('the run queue, with real worker threads and SQLite', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  const start = (plan: Plan): Promise<RunId[]> => Promise.resolve(lab.service.handlers['run.start'](plan));
  const row = (id: RunId): RunRow => lab.ports.store.runs.get(id)!;
  const finalWeights = (id: RunId): Buffer =>
    readFileSync(checkpointFile(lab.ports.workspace.runFolder(id), row(id).spec.training.updates));

  it('trains every rule with every seed and analyses all checkpoints', async () => {
    const ids = await start(smallPlan({ seeds: [1, 2] }));
    expect(ids).toHaveLength(4);
    await lab.service.queue.settled(ids);
    expect(ids.map((id) => [row(id).spec.rule, row(id).spec.seed, row(id).state])).toEqual([
      ['bptt', 1, 'done'],
      ['e-prop', 1, 'done'],
      ['bptt', 2, 'done'],
      ['e-prop', 2, 'done'],
    ]);
    for (const id of ids) {
      const run = await lab.service.handlers['run.get']({ run: id });
      expect(run.checkpointRows.map((c) => c.update)).toEqual([0, 5, 10, 15, 20]);
      for (const { results } of run.checkpointRows) {
        expect(Object.keys(results).sort()).toEqual([
          'normalizedError',
          'participationRatio',
          'procrustes',
          'testError',
        ]);
        expect(results['procrustes']).toBeGreaterThan(0);
        expect(results['procrustes']).toBeLessThan(1);
      }
      const { update, main } = await lab.service.handlers['run.updates']({ run: id, after: 0 });
      expect([...update]).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(main.at(-1)).toBeLessThan(main[0]);
      expect(run.engine?.reason).not.toBe('');
    }
    const figure = await lab.service.handlers['figure.describe']({ figure: 'distanceVsUpdates', runs: ids });
    expect(figure.groups.map((g) => g.label)).toEqual(['BPTT', 'e-prop']);
    expect(figure.lines.filter((l) => l.role === 'member')).toHaveLength(4);
    expect(figure.lines.filter((l) => l.role === 'mean').map((l) => [...new Set(l.n)])).toEqual([[2], [2]]);
  });

  it('gives the same weights for the same seed, others for another seed or rule', async () => {
    const ids = await start(smallPlan({ rules: ['bptt'], seeds: [3, 4] }));
    const again = await start(smallPlan({ seeds: [3] }));
    await lab.service.queue.settled([...ids, ...again]);
    const [seed3, seed4, seed3Again, eprop3] = [...ids, ...again].map(finalWeights);
    expect(seed3Again.equals(seed3)).toBe(true);
    expect(seed4.equals(seed3)).toBe(false);
    expect(eprop3.equals(seed3)).toBe(false);
  });

  it('ends with the same weights and curve when it was paused on the way', async () => {
    const plan = smallPlan({ rules: ['bptt'], updates: 400 });
    const [paused] = (await start(plan)) as [RunId];
    await until(() => row(paused).update > 20);
    lab.service.queue.pause([paused]);
    await until(() => row(paused).state === 'paused');
    expect(row(paused).update).toBeGreaterThan(20);
    expect(row(paused).update).toBeLessThan(400);
    lab.service.queue.resume([paused]);
    const [straight] = (await start(plan)) as [RunId];
    await lab.service.queue.settled([paused, straight]);
    expect(row(paused).state).toBe('done');
    expect(finalWeights(paused).equals(finalWeights(straight))).toBe(true);
    const curves = [paused, straight].map((id) => lab.ports.store.updates.read(id, 0));
    expect(curves[0]).toEqual(curves[1]);
    expect(curves[0].update).toHaveLength(400);
  });

  it('cancels one run and leaves the others at work', async () => {
    const [first, second] = (await start(smallPlan({ updates: 300 }))) as [RunId, RunId];
    await until(() => row(first).state === 'running');
    lab.service.queue.cancel([first]);
    await lab.service.queue.settled([first, second]);
    expect([row(first).state, row(second).state]).toEqual(['cancelled', 'done']);
  });

  it('fails one run whose loss is not finite, names the update, and goes on with the next', async () => {
    const wild = smallPlan({ rules: ['bptt'], updates: 50, learningRate: 1e38 });
    const [failed] = (await start({ ...wild, model: { ...wild.model, activation: 'ReLU' } })) as [RunId];
    const [fine] = (await start(smallPlan({ rules: ['e-prop'] }))) as [RunId];
    await lab.service.queue.settled([failed, fine]);
    expect(row(failed)).toMatchObject({ state: 'failed', error: { code: 'training.diverged' } });
    expect(row(failed).error!.message).toMatch(/update \d/);
    expect(row(fine).state).toBe('done');
  });

  it.each([
    ['a loss that is not finite', 5, 1e30, 'update 12', [0, 5, 10]],
    ['weights that are not finite', 1, 1e60, 'update 11', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])(
    'keeps the checkpoints from before %s, and analyses them like those of any run',
    async (_what, every, factor, says, kept) => {
      const plan = (updates: number): Plan => {
        const { training, ...rest } = smallPlan({ rules: ['bptt'], updates });
        const optimizer = { ...training.optimizer, decay: { every: 10, factor } };
        return { ...rest, training: { ...training, checkpoints: { every }, optimizer } };
      };
      const [wild] = (await start(plan(50))) as [RunId];
      await lab.service.queue.settled([wild]);
      expect(row(wild)).toMatchObject({ state: 'failed', error: { code: 'training.diverged' }, analysisError: null });
      expect(row(wild).error!.message).toContain(says);
      const [short] = (await start(plan(10))) as [RunId];
      await lab.service.queue.settled([short]);
      const [failed, done] = await Promise.all(
        [wild, short].map(async (run) => lab.service.handlers['run.get']({ run })),
      );
      expect(failed.checkpointRows.map(({ update }) => update)).toEqual(kept);
      expect(failed.analyzed).toBe(kept.length);
      expect(failed.checkpointRows).toEqual(done.checkpointRows);
      for (const { results } of failed.checkpointRows) expect(results['procrustes']).toBeGreaterThan(0);
      const figure = await lab.service.handlers['figure.describe']({ figure: 'distanceVsUpdates', runs: [wild] });
      expect(figure.lines[0].x.at(-1)).toBe(10);
    },
  );

  it('says why a checkpoint has no number, and leaves the error of the training beside that of the analysis', async () => {
    const { model, training, ...rest } = smallPlan({ rules: ['bptt'], updates: 50, learningRate: 1e30 });
    const wild: Plan = {
      ...rest,
      model: { ...model, activation: 'ReLU' },
      training: { ...training, checkpoints: { every: 1 } },
    };
    const [id] = (await start(wild)) as [RunId];
    await lab.service.queue.settled([id]);
    const { checkpointRows, analyzed } = await lab.service.handlers['run.get']({ run: id });
    expect(checkpointRows.map(({ update }) => update)).toEqual([0, 1]);
    expect(analyzed).toBe(2);
    const [fine, large] = checkpointRows;
    expect(fine.reasons).toEqual({});
    expect(large.results['normalizedError']).toBeNull();
    expect(large.reasons['normalizedError']).toMatch(/finite/);
    const file = checkpointFile(lab.ports.workspace.runFolder(id), 0);
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    lab.ports.store.runs.change(id, { spec: { ...row(id).spec, analysis: { alpha: 0.5 } } } as Partial<RunRow>);
    lab.service.queue.analyze([id]);
    await lab.service.queue.settled([id]);
    expect(row(id)).toMatchObject({
      error: { code: 'training.diverged' },
      analysisError: { code: 'checkpoint.damaged' },
    });
  });

  it('knows results again for the same content, and computes those of damaged files never', async () => {
    const [first] = (await start(smallPlan({ rules: ['bptt'] }))) as [RunId];
    await lab.service.queue.settled([first]);
    const [again] = (await start(smallPlan({ rules: ['bptt'] }))) as [RunId];
    await lab.service.queue.settled([again]);
    const results = (id: RunId) => lab.ports.store.results.ofRun(id);
    expect(results(again)).toEqual(results(first));
    const analysed = lab.events.filter(
      ({ name, payload }) =>
        name === 'run.changed' &&
        (payload as EventPayload<'run.changed'>).id === again &&
        (payload as EventPayload<'run.changed'>).analyzed > 0,
    );
    expect(analysed, 'all results of the second run come at once').toHaveLength(1);
  });

  it('compares by the alpha of the plan, and gives the baseline at the same alpha', async () => {
    const [plain] = (await start(smallPlan({ rules: ['bptt'] }))) as [RunId];
    const [half] = (await start(smallPlan({ rules: ['bptt'], analysis: { alpha: 0.5 } }))) as [RunId];
    await lab.service.queue.settled([plain, half]);
    expect(finalWeights(half).equals(finalWeights(plain)), 'training does not depend on it').toBe(true);
    const seen = async (run: RunId) => {
      const figure = await lab.service.handlers['figure.describe']({ figure: 'distanceVsUpdates', runs: [run] });
      const { distance } = await lab.service.handlers['run.get']({ run });
      return { distance, baseline: figure.references.find((r) => r.label === 'average over conditions')?.y };
    };
    const [one, other] = [await seen(plain), await seen(half)];
    expect(one.baseline).toBeCloseTo(lab.ports.store.datasets.list()[0].crossConditionAverage!, 12);
    expect(Math.abs(other.baseline! - one.baseline!)).toBeGreaterThan(1e-4);
    expect(Math.abs(other.distance! - one.distance!)).toBeGreaterThan(0.01);
    const both = await lab.service.handlers['figure.describe']({ figure: 'distanceVsUpdates', runs: [plain, half] });
    expect(both.groups.map((g) => g.label)).toEqual(['BPTT, alpha 1', 'BPTT, alpha 0.5']);
    expect(
      both.references.map((r) => r.label),
      'no baseline is common to both',
    ).toEqual(['untrained']);
  });

  it('goes on with waiting runs at the next start, and marks those whose process died', async () => {
    const ids = await start(smallPlan({ updates: 2000, seeds: [1, 2, 3] }));
    await until(() => ids.some((id) => row(id).update > 5));
    await lab.close();
    lab = openLab(lab.folder, 'own');
    expect(ids.map((id) => row(id).state)).toEqual(ids.map(() => 'queued'));
    lab.ports.store.runs.change(ids[0], { state: 'running', owner: deadOwner(lab) });
    lab.service.queue.recover();
    expect(row(ids[0]).state).toBe('interrupted');
  });

  it('settles when a command is stopped, and pauses its runs that still wait', async () => {
    await lab.close();
    lab = openLab(lab.folder, 'own');
    lab.ports.store.settings.set({ ...lab.ports.store.settings.get(), parallelRuns: 1 });
    const ids = await start(smallPlan({ updates: 2000, seeds: [1, 2] }));
    const settled = lab.service.queue.settled(ids);
    await until(() => row(ids[0]).update > 5);
    await lab.service.queue.close();
    await settled;
    expect(ids.map((id) => row(id).state)).toEqual(ids.map(() => 'paused'));
  });

  it('resumes a run that waited in a command that was killed', async () => {
    const [id] = (await start(smallPlan({ rules: ['bptt'], updates: 500 }))) as [RunId];
    await lab.close();
    lab = openLab(lab.folder, 'own');
    lab.ports.store.runs.change(id, { state: 'queued', owner: deadOwner(lab) });
    await lab.close();
    lab = openLab(lab.folder, 'own');
    lab.service.queue.resume([id]);
    await lab.service.queue.settled([id]);
    expect(row(id).state).toBe('done');
  });

  it('finishes at the next start an analysis that was cut short', async () => {
    const plan = smallPlan({ rules: ['bptt'] });
    const [id] = (await start({ ...plan, training: { ...plan.training, testTrials: 4000 } })) as [RunId];
    const { results, checkpoints } = lab.ports.store;
    await until(() => row(id).state === 'done' && results.countAnalyzed(id) > 0);
    expect(results.countAnalyzed(id)).toBeLessThan(checkpoints.count(id));
    await lab.close();
    lab = openLab(lab.folder);
    await lab.service.queue.settled([id]);
    expect(lab.ports.store.results.countAnalyzed(id)).toBe(lab.ports.store.checkpoints.count(id));
  });

  it('forgets the error of an analysis once it succeeds', async () => {
    const [id] = (await start(smallPlan({ rules: ['bptt'] }))) as [RunId];
    await lab.service.queue.settled([id]);
    lab.ports.store.runs.change(id, { analysisError: { code: 'checkpoint.damaged', message: 'It was damaged.' } });
    lab.service.queue.analyze([id]);
    await lab.service.queue.settled([id]);
    expect(row(id)).toMatchObject({ state: 'done', analysisError: null });
  });

  it('removes runs with their files, but not one at work', async () => {
    const [id] = (await start(smallPlan({ rules: ['bptt'], updates: 500 }))) as [RunId];
    await until(() => row(id).state === 'running');
    await expect(lab.service.queue.remove([id])).rejects.toMatchObject({ code: 'run.busy' });
    lab.service.queue.cancel([id]);
    await lab.service.queue.settled([id]);
    const folder = lab.ports.workspace.runFolder(id);
    await lab.service.queue.remove([id]);
    expect(lab.ports.store.runs.get(id)).toBeNull();
    expect(() => readFileSync(path.join(folder, 'resume.safetensors'))).toThrow(/ENOENT/);
  });

  it('refuses a plan before anything is stored', async () => {
    const plan = smallPlan();
    await expect(start({ ...plan, rules: ['hebb'] })).rejects.toMatchObject({ code: 'rule.unknown' });
    await expect(start({ ...plan, task: { id: 'chess', settings: {} } })).rejects.toMatchObject({
      code: 'task.unknown',
    });
    await expect(start({ ...plan, task: { id: 'reach', settings: { steps: 50 } } })).rejects.toMatchObject({
      code: expect.stringMatching(/^task\./) as string,
    });
    await expect(start({ ...plan, figures: ['pie'] })).rejects.toMatchObject({ code: 'figure.unknown' });
    expect(lab.ports.store.runs.list()).toEqual([]);
  });
});

/** This computer, and a process number that no process has. */
function deadOwner({ ports }: TestLab): string {
  const computer = ports.machine.owner.split(':').slice(0, -2).join(':');
  return `${computer}:4194305:00000000`;
}
