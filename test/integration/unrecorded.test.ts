/** Runs on a task alone, without a recording: from the plan to the figures. */
import { afterAll, describe, expect, it } from 'vitest';
import { runPlan } from '../../src/app/runPlan.ts';
import type { Plan } from '../../src/app/plan.ts';
import { removeFolder } from '../support/folders.ts';
import { openLab, smallPlan } from '../support/workspace.ts';

const lab = openLab();
const { handlers } = lab.service;
const settings = { dtMs: 25, sineMs: 500, frequenciesHz: [1, 2] };
const plan = smallPlan({
  data: { recording: 'none' },
  task: { id: 'sine-on-cue', settings },
  rules: ['bptt'],
  seeds: [1, 2],
});

afterAll(async () => {
  await lab.close();
  removeFolder(lab.folder);
});

describe('a plan without a recording', () => {
  it('is checked without leaving anything behind', async () => {
    expect(await handlers['plan.check'](plan)).toMatchObject({ runs: 2 });
    expect(await handlers['dataset.list'](undefined)).toEqual([]);
  });

  it('is refused for a task that takes its targets from a recording, with the tasks that do not', async () => {
    await expect(handlers['plan.check']({ ...plan, task: { id: 'reach', settings: {} } })).rejects.toMatchObject({
      code: 'task.recording',
      message: expect.stringContaining('"sine-on-cue"') as string,
    });
    await expect(
      handlers['plan.check']({ ...plan, task: { id: 'sine-on-cue', settings: { dtMs: -1 } } }),
    ).rejects.toMatchObject({ code: 'task.settings' });
  });

  it('is trained, scored and drawn; distances are null with the reason', async () => {
    const { runs, figures } = await runPlan(plan, lab.service, lab.ports);
    expect(runs.map((r) => [r.state, r.error])).toEqual([
      ['done', null],
      ['done', null],
    ]);
    const results = lab.ports.store.results.ofRun(runs[0].id).map(({ result }) => result);
    for (const id of ['procrustes', 'crossConditionAverage']) {
      const found = results.filter((r) => r.id === id);
      expect(found.length).toBeGreaterThan(0);
      for (const { value, reason } of found) {
        expect(value).toBeNull();
        expect(reason).toContain('nothing was recorded');
      }
    }
    for (const id of ['normalizedError', 'testError', 'participationRatio']) {
      expect(results.filter((r) => r.id === id).map((r) => r.value)).not.toContain(null);
    }
    const [distance, , error, dimensions] = figures.map(({ figure }) => figure);
    expect(distance).toMatchObject({ whyEmpty: 'No distance: nothing was recorded', lines: [], references: [] });
    expect(distance.notes).toEqual([expect.stringContaining('Nothing was recorded')]);
    expect(error.lines.length).toBeGreaterThan(0);
    expect(dimensions).toMatchObject({ references: [] });
    expect(dimensions.lines.length).toBeGreaterThan(0);
  });

  it('makes its conditions once, marked by 0 neurons, and names the task', async () => {
    await runPlan({ ...plan, seeds: [3] }, lab.service, lab.ports);
    const [row, ...others] = await handlers['dataset.list'](undefined);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      name: 'No recording: Sine on cue',
      neurons: 0,
      conditions: 2,
      participationRatio: null,
    });
    expect(row.source.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lists which tasks can do without, with their settings as data', async () => {
    const { tasks } = await handlers['app.choices'](undefined);
    expect(tasks.find((t) => t.id === 'reach')).toMatchObject({ needsRecording: true });
    expect(tasks.find((t) => t.id === 'sine-on-cue')).toMatchObject({
      needsRecording: false,
      defaults: { dtMs: 20 },
      settings: { dtMs: { kind: 'number', unit: 'ms' }, sustained: { kind: 'boolean' } },
    });
  });

  it('loses its conditions with the last run trained on them', async () => {
    const other: Plan = {
      ...plan,
      task: { id: 'sine-on-cue', settings: { ...settings, sustained: false } },
      seeds: [1],
    };
    await runPlan(other, lab.service, lab.ports);
    const rows = await handlers['run.list'](undefined);
    expect(new Set(rows.map((r) => r.spec.dataset)).size).toBe(1); // the same conditions and times
    await handlers['run.remove']({ runs: rows.slice(1).map((r) => r.id) });
    expect(await handlers['dataset.list'](undefined)).toHaveLength(1);
    await handlers['run.remove']({ runs: [rows[0].id] });
    expect(await handlers['dataset.list'](undefined)).toEqual([]);
  });
});
