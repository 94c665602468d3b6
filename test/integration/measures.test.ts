import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventPayload } from '../../src/app/contract.ts';
import { levels } from '../../src/core/analysis/levels/index.ts';
import type { RunId } from '../../src/app/plan.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';
import type { TestLab } from '../support/workspace.ts';

type Measure = { metric: string; settings?: Record<string, unknown>; protocol?: string };

describe('measures chosen beside those of the runs, with real worker threads and SQLite', () => {
  let lab: TestLab;
  beforeEach(() => {
    lab = openLab();
  });
  afterEach(async () => {
    await lab.close();
    removeFolder(lab.folder);
  });

  async function trained(plan = smallPlan({ seeds: [1, 2] })): Promise<RunId[]> {
    const ids = await lab.service.handlers['run.start'](plan);
    await lab.service.queue.settled(ids);
    return ids;
  }
  const full = { settings: {}, protocol: 'plain', draws: 5, seed: 1 };
  const known = (runs: RunId[], measure: Measure) =>
    lab.service.handlers['measure.known']({ runs, measure: { ...full, ...measure } });
  async function measured(runs: RunId[], measure: Measure): Promise<void> {
    await lab.service.handlers['measure.start']({ runs, measure: { ...full, ...measure } });
    await lab.service.measures.settled({ ...full, ...measure });
  }
  const figure = (runs: RunId[], measure?: Measure) =>
    lab.service.handlers['figure.describe']({
      figure: 'distanceVsUpdates',
      runs,
      ...(measure ? { measure: { ...full, ...measure } } : {}),
    });

  it('knows the distance of the plan without computing it again', async () => {
    const runs = await trained();
    expect(await known(runs, { metric: 'procrustes' })).toEqual({ known: 21, of: 20 + levels.all.length }); // the average over conditions too
    const [own, chosen] = [await figure(runs), await figure(runs, { metric: 'procrustes' })];
    expect(chosen.lines).toEqual(own.lines);
    expect(chosen.references).toEqual(own.references);
  });

  it('computes another alpha exactly as a plan with that alpha does, and draws its levels', async () => {
    const half: Measure = { metric: 'procrustes', settings: { alpha: 0.5 } };
    const runs = await trained(smallPlan({ rules: ['bptt'] }));
    expect(await known(runs, half)).toEqual({ known: 0, of: 5 + levels.all.length });
    await measured(runs, half);
    expect(await known(runs, half)).toEqual({ known: 5 + levels.all.length, of: 5 + levels.all.length });
    const chosen = await figure(runs, half);
    const planned = await trained(smallPlan({ rules: ['bptt'], analysis: { alpha: 0.5 } }));
    const own = await figure(planned);
    expect(chosen.lines[0].y).toEqual(own.lines[0].y);
    expect(chosen.references).toEqual(expect.arrayContaining([...own.references]));
    expect(chosen.references.map(({ label }) => label)).toContain('half of the neurons against the other half');
    expect(chosen.notes.join(' ')).toMatch(/No level “half of the trials .* this recording has no single trials/);
    expect(chosen.notes).toContain('Procrustes distance with alpha 0.5.');
    expect((await figure(runs)).lines[0].y).not.toEqual(own.lines[0].y);
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    const runs = await trained();
    const half = { ...full, metric: 'procrustes', settings: { alpha: 0.25 } };
    const begun = await lab.service.handlers['measure.start']({ runs, measure: half });
    expect(begun).toMatchObject({ done: 0, of: 20 + levels.all.length, error: null });
    await lab.service.handlers['measure.cancel']({ measure: half });
    expect((await known(runs, half)).known).toBeLessThan(20);
    await measured(runs, half);
    expect(await known(runs, half)).toEqual({ known: 20 + levels.all.length, of: 20 + levels.all.length });
    const told = lab.events.filter(({ name }) => name === 'measure.progress');
    const last = told.at(-1)!.payload as EventPayload<'measure.progress'>;
    expect(JSON.parse(last.measure)).toEqual(half);
    expect(last.of).toBe(last.done);
  });

  it('says in the figure why a number is missing', async () => {
    const [run] = (await trained(smallPlan({ rules: ['bptt'] }))) as [RunId];
    const { results } = lab.ports.store;
    const reason = 'Measuring Procrustes distance: expected activity that varies, found 20 constant units.';
    const missing = { id: 'procrustes', metric: 'procrustes', settings: null, value: null, reason };
    results.put([{ key: 'constant', result: missing }]);
    results.assign(run, [{ update: 20, result: 'procrustes', key: 'constant' }]);
    expect((await figure([run])).notes).toContain(`Numbers missing: 1. ${reason}`);
  });

  it('refuses metrics and protocols that are not there, by name', async () => {
    const runs = await trained(smallPlan({ rules: ['bptt'] }));
    await expect(measured(runs, { metric: 'likeness' })).rejects.toMatchObject({ code: 'metric.unknown' });
    await expect(measured(runs, { metric: 'procrustes', protocol: 'twice' })).rejects.toMatchObject({
      code: 'protocol.unknown',
    });
  });
});
