import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan, RunId } from '../../src/app/plan.ts';
import type { RunRow } from '../../src/app/ports.ts';
import { alignmentParts } from '../../src/core/analysis/gradientAlignment.ts';
import { checkpointFile } from '../../src/platform/files/runFiles.ts';
import { removeFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('comparing gradients with BPTT in the run queue, with real worker threads and SQLite', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  function planOf(alignment: Plan['training']['alignment'], change: Parameters<typeof smallPlan>[0] = {}): Plan {
    const plan = smallPlan(change);
    return { ...plan, training: { ...plan.training, alignment } };
  }
  const start = (plan: Plan): Promise<RunId[]> => Promise.resolve(lab.service.handlers['run.start'](plan));
  const trained = async (plan: Plan): Promise<RunId[]> => {
    const ids = await start(plan);
    await lab.service.queue.settled(ids);
    expect(ids.map((id) => row(id).state)).toEqual(ids.map(() => 'done'));
    return ids;
  };
  const row = (id: RunId): RunRow => lab.ports.store.runs.get(id)!;
  const finalWeights = (id: RunId): Buffer =>
    readFileSync(checkpointFile(lab.ports.workspace.runFolder(id), row(id).spec.training.updates));
  const cosines = (id: RunId) =>
    lab.ports.store.alignments.read(id).flatMap((a) => (a.part === 'Wrec' ? [a.cosine] : []));

  it('stores every part at every update asked for, shows the last, and trains the same weights', async () => {
    const ids = await trained(planOf({ every: 5 }));
    const plain = await trained(planOf(null));
    expect(ids.map(finalWeights)).toEqual(plain.map(finalWeights));
    const [bptt, eprop] = ids as [RunId, RunId];
    expect(cosines(bptt)).toEqual([1, 1, 1, 1]);
    for (const cosine of cosines(eprop)) expect(Math.abs(cosine! - 0.5)).toBeLessThan(0.499);
    const { alignment } = await lab.service.handlers['run.get']({ run: eprop });
    expect(alignment.map(({ update, part }) => [update, part])).toEqual(
      alignmentParts.toSorted().map((part) => [15, part]),
    );
    expect((await lab.service.handlers['run.get']({ run: plain[1] })).alignment).toEqual([]);
  });

  it('makes figures: a line per seed and the mean of each rule, in the part asked for', async () => {
    const runs = await trained(planOf({ updates: [0, 10, 19] }, { seeds: [1, 2], rules: ['e-prop'] }));
    const describe = lab.service.handlers['figure.describe'];
    const figure = await describe({ figure: 'gradientAlignment', runs });
    expect(figure.lines.map(({ role, x }) => [role, x])).toEqual([
      ['member', [0, 10, 19]],
      ['member', [0, 10, 19]],
      ['mean', [0, 10, 19]],
    ]);
    expect(figure.lines[0].y).toEqual(cosines(runs[0]));
    const readout = await describe({ figure: 'gradientAlignment', runs, part: 'Wout' });
    for (const y of readout.lines[0].y) expect(y).toBeCloseTo(1, 6);
    const lengths = await describe({ figure: 'gradientNormRatio', runs });
    expect(lengths.y.scale).toBe('log');
    expect(lengths.lines[0].y.every((ratio) => ratio > 0)).toBe(true);
  });

  it('goes on with one curve after a pause', async () => {
    const plan = planOf({ every: 1 }, { rules: ['e-prop'], updates: 400 });
    const [straight] = (await trained(plan)) as [RunId];
    const [paused] = (await start(plan)) as [RunId];
    await until(() => row(paused).update > 2);
    lab.service.queue.pause([paused]);
    await until(() => row(paused).state === 'paused');
    expect(row(paused).update).toBeLessThan(400);
    lab.service.queue.resume([paused]);
    await lab.service.queue.settled([paused]);
    expect(lab.ports.store.alignments.read(paused)).toEqual(lab.ports.store.alignments.read(straight));
    expect(finalWeights(paused)).toEqual(finalWeights(straight));
  });
});
