import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId, ViewOptions } from '../../src/app/contract.ts';
import { defaultViewOptions } from '../../src/core/figures/views/networkView.ts';
import { views } from '../../src/core/figures/views/index.ts';
import { decodeCheckpoint } from '../../src/core/checkpoints/checkpoint.ts';
import { eigenvalues } from '../../src/core/math/linear/eigenvalues.ts';
import { checkpointFile } from '../../src/platform/files/runFiles.ts';
import { readFileSync } from 'node:fs';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';

describe('views of networks, with real worker threads and SQLite', () => {
  const lab = openLab();
  let runs: RunId[] = [];
  const view = (id: string, ids: RunId[], change: Partial<ViewOptions> = {}, update?: number) =>
    lab.service.handlers['network.view']({
      view: id,
      runs: ids,
      update,
      options: { ...options, ...change },
    });
  const options: ViewOptions = {
    ...defaultViewOptions,
    units: [0, 23],
    conditions: [],
    testTrials: [],
  };
  const compared = () =>
    lab.events.flatMap(({ name, payload }) =>
      name === 'network.viewing' ? [payload as { done: number; of: number }] : [],
    );

  beforeAll(async () => {
    const plan = smallPlan({ updates: 10, seeds: [1, 2], rules: ['bptt'] });
    runs = await lab.service.handlers['run.start'](plan);
    await lab.service.queue.settled(runs);
  }, 120_000);
  afterAll(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  it.each(views.all.filter((v) => v.kind === 'network').map((v) => v.id))('%s opens a checkpoint', async (id) => {
    const figures = await view(id, [runs[0]], {}, 5);
    expect(figures.length).toBeGreaterThan(0);
    expect(figures[0].title).toMatch(/BPTT, seed 1, update 5/);
    expect(figures[0].lines.flatMap((l) => [...l.y]).every(Number.isFinite)).toBe(true);
    expect(await view(id, [runs[0]], {}, 5)).toEqual(figures);
  });

  it('shows the very test trials on which the error was measured', async () => {
    const testTrials = Array.from({ length: 20 }, (_, trial) => trial);
    const figures = await view('taskOutputs', [runs[0]], { testTrials });
    const scores = figures.map(({ lines }) => {
      const called = (label: string) => lines.find((line) => line.label === label)!;
      const outputs = testTrials.map((trial) => called(`test trial ${trial}`));
      const targets = testTrials.map((trial) => called(`test trial ${trial}, target`));
      const y = targets.flatMap(({ x }, k) => x.map((t) => outputs[k].y[outputs[k].x.indexOf(t)]));
      const wanted = targets.flatMap((line) => [...line.y]);
      const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
      const squares = (from: (value: number, k: number) => number): number =>
        wanted.reduce((sum, value, k) => sum + (value - from(value, k)) ** 2, 0);
      return squares((_, k) => y[k]) / squares(() => mean);
    });
    const { testError } = await lab.service.handlers['run.get']({ run: runs[0] });
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(testError!, 6);
    await expect(view('taskOutputs', [runs[0]], { testTrials: [20] })).rejects.toThrow('counted from 0 to 19');
  });

  it('shows the eigenvalues of the very weights that are stored, at the last checkpoint unless told', async () => {
    const [plane] = await view('eigenvalues', [runs[1]]);
    const file = checkpointFile(lab.ports.workspace.runFolder(runs[1]), 10);
    const { Wrec } = decodeCheckpoint(readFileSync(file)).parameters;
    const known = eigenvalues({ rows: 24, cols: 24, data: Float64Array.from(Wrec.data) });
    const shown = plane.lines.find((l) => l.group === '10')!;
    expect([...shown.x]).toEqual([...known.re]);
  });

  it('compares all pairs of activities once, whatever the embedding, and only those that are new', async () => {
    const [first] = await view('embedding', runs, { checkpoints: 2 });
    expect(first.lines.map((l) => l.x.length)).toEqual([2, 2, 1]);
    expect(compared().findLast(({ of }) => of > 0)).toEqual({ done: 10, of: 10 });
    expect(compared().at(-1)).toEqual({ done: 0, of: 0 });
    lab.events.length = 0;
    const [other] = await view('embedding', runs, { checkpoints: 2, embedding: 'tsne' });
    expect(other.title).toContain('t-SNE');
    expect(compared().filter(({ of }) => of > 0)).toEqual([]);
    await view('embedding', runs, { checkpoints: 3 });
    expect(compared().findLast(({ of }) => of > 0)!.of).toBe(21 - 10);
    lab.events.length = 0;
    expect(await view('embedding', [...runs], { checkpoints: 2 })).toEqual([first]);
    expect(compared()).toEqual([]);
  });

  it('ends an embedding that is cancelled, and goes on with the next view', async () => {
    const asked = view('embedding', runs, { checkpoints: 3, embedding: 'umap' });
    const told = expect(asked).rejects.toThrow('it was cancelled');
    await new Promise((resolve) => setTimeout(resolve, 0));
    await lab.service.handlers['network.cancelView'](undefined);
    await told;
    expect(await view('unitTraces', [runs[0]])).toHaveLength(2);
  });

  it('says what is wrong', async () => {
    await expect(view('eigenvalues', [runs[0]], {}, 7)).rejects.toThrow(
      /no such checkpoint. The nearest of its 3 is 5/,
    );
    await expect(view('eigenvalues', runs)).rejects.toThrow('it is of one run, found 2');
    await expect(view('telepathy', runs)).rejects.toThrow('Choosing a view of a network');
    await expect(view('unitTraces', [runs[0]], { units: [24] })).rejects.toThrow('has 24 units, counted from 0 to 23');
    await expect(view('embedding', runs, { checkpoints: 1 })).rejects.toThrow('at least 4 of them, found 3');
    await expect(view('embedding', runs, { metric: 'likeness' })).rejects.toThrow('Choosing a metric');
    await expect(view('embedding', runs, { metric: 'linearPredictivity' })).rejects.toThrow(
      'depends on which of two activities comes first. Choose a metric that is a distance',
    );
  });
});
