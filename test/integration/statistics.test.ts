import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../src/app/plan.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

describe('statistics over seeds of trained runs', () => {
  let lab: TestLab;
  let runs: RunId[];
  beforeAll(async () => {
    lab = openLab();
    runs = await lab.service.handlers['run.start'](smallPlan({ seeds: [1, 2, 3] }));
    await lab.service.queue.settled(runs);
  }, 120_000);
  afterAll(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  const compare = (reading?: { at: 'last' | 'accuracy'; accuracy: number | null }, chosen = runs) =>
    lab.service.handlers['stats.compare']({ runs: chosen, ...(reading ? { reading } : {}) });

  it('groups by everything but the seed, and reads every seed at one accuracy', async () => {
    const { at, accuracy, groups, statistics } = await compare();
    expect(at).toBe('accuracy');
    expect(groups.map((g) => g.label)).toEqual(['BPTT', 'e-prop']);
    for (const { seeds } of groups) for (const seed of seeds) expect(seed.accuracy).toBe(accuracy);
    expect(statistics.pairs).toHaveLength(1);
    expect(statistics.settings).toMatchObject({ draws: 10_000, seed: 1, correction: 'holm' });
  });

  it('reads the last update where it is asked to, which is what the store holds', async () => {
    const { groups, statistics, notes } = await compare({ at: 'last', accuracy: null });
    const last = runs.map((run) => lab.ports.store.results.last(run, 'procrustes')).sort();
    expect(groups.flatMap((g) => g.seeds.map((s) => s.distance)).sort()).toEqual(last);
    expect(statistics.pairs[0]).toMatchObject({ paired: true, n: [3], permutation: { exact: true, smallest: 0.25 } });
    expect(notes.join(' ')).toContain('With 3 pairs of seeds p cannot be below 0.25');
  });

  it('are in the figure too, number for number', async () => {
    const figure = await lab.service.handlers['figure.describe']({ figure: 'distanceBars', runs });
    expect(figure.comparison).toEqual(await compare());
  });

  it('are refused where nothing was recorded', async () => {
    const { data: _, ...rest } = smallPlan({ seeds: [1], rules: ['bptt'] });
    const plan = { ...rest, data: { recording: 'none' as const }, task: { id: 'sine-on-cue', settings: {} } };
    const alone = await lab.service.handlers['run.start'](plan);
    await lab.service.queue.settled(alone);
    await expect(async () => compare(undefined, alone)).rejects.toMatchObject({ code: 'stats.unrecorded' });
  });
});
