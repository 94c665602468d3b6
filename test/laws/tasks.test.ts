/** What every task promises that can be trained without a recording. */
import { describe, expect, it } from 'vitest';
import { isRecording } from '../../src/core/data/dataset.ts';
import type { Dataset } from '../../src/core/data/dataset.ts';
import { LabError } from '../../src/core/errors.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { defaultsOf, readSettings } from '../../src/core/tasks/settings.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import type { Batch, Task } from '../../src/core/tasks/task.ts';
import { codeOf } from '../support/files.ts';

const alone = tasks.all.filter((task) => task.protocol);

/** Inputs that stay empty by default: the published decision trials all have the same order of targets. */
const emptyInputs: Record<string, readonly string[]> = { 'context-decision': ['target order 1'] };

it('have ids and labels of their own', () => {
  expect(new Set(tasks.all.map((t) => t.id)).size).toBe(tasks.all.length);
  expect(new Set(tasks.all.map((t) => t.label)).size).toBe(tasks.all.length);
});

describe.each(alone.map((task) => [task.id, task] as const))('the task %s', (id, definition) => {
  const dataset = tasks.alone(id, {});
  const task = definition.pose(dataset, {});

  it('has conditions of different names, and nothing recorded', () => {
    expect(isRecording(dataset)).toBe(false);
    expect(new Set(dataset.conditions.map((c) => c.label)).size).toBe(dataset.conditions.length);
    expect(dataset.name).toContain(definition.label);
  });

  it('has one analysis trial per condition, with the event at time 0', () => {
    const { batch, start, stop } = task.analysis;
    expect(batch.trials).toBe(dataset.conditions.length);
    expect([start, stop]).toEqual([0, batch.steps]);
    expect(dataset.timeMs).toHaveLength(batch.steps);
    expect(dataset.timeMs).toContain(0);
    expect(dataset.timeMs[1] - dataset.timeMs[0]).toBeCloseTo(task.dtMs, 9);
  });

  it('gives batches of the shapes it names, with targets that the loss can read', () => {
    for (const batch of [task.analysis.batch, task.draw(NumpyRandom.seeded(1), 7)]) expectWellFormed(task, batch);
    expect(task.draw(NumpyRandom.seeded(1), 7).steps).toBe(task.steps);
  });

  it('tells the conditions apart by the input, in the analysis as in training', () => {
    const { batch } = task.analysis;
    const inputs = new Set(Array.from({ length: batch.trials }, (_, c) => inputOf(batch, c).join()));
    expect(inputs.size).toBe(batch.trials);
  });

  it('repeats with the random stream, and goes on with it unless every batch has all conditions once', () => {
    const stream = NumpyRandom.seeded(5);
    const first = task.draw(stream, 20);
    expect(task.draw(NumpyRandom.seeded(5), 20)).toEqual(first);
    if (task.fixedTrials === undefined) expect(task.draw(stream, 20)).not.toEqual(first);
    else expect(task.draw(stream, 20)).toBe(first);
  });

  it('describes settings whose defaults it takes', () => {
    const described = definition.settings!;
    expect(defaultsOf(described)).toEqual(definition.defaults);
    expect(readSettings(definition.label, described, defaultsOf(described))).toEqual(definition.defaults);
  });

  it('refuses settings that it does not know, and says which it does', () => {
    expect(codeOf(() => tasks.alone(id, { nonsense: 1 }))).toBe('task.settings');
    expect(() => tasks.alone(id, { nonsense: 1 })).toThrow(Object.keys(definition.settings!)[0]);
  });

  it('fits a recording of part of the trial at its own steps, and no other', () => {
    const from = dataset.timeMs.findIndex((t) => t === 0);
    const recorded = (change: Partial<Dataset> = {}): Dataset => ({
      ...dataset,
      activity: { shape: [2, 5, dataset.conditions.length], data: new Float64Array(10 * dataset.conditions.length) },
      timeMs: dataset.timeMs.slice(from, from + 5),
      ...change,
    });
    expect(definition.pose(recorded(), {}).analysis).toMatchObject({ start: from, stop: from + 5 });
    const wrong = [
      { timeMs: dataset.timeMs.slice(from, from + 5).map((t) => t * 3) },
      { timeMs: dataset.timeMs.slice(from, from + 5).map((t) => t + 1e6) },
      { timeMs: dataset.timeMs.slice(from, from + 5).map((t) => t - 1e6) },
      { conditions: [...dataset.conditions, { label: 'unheard of', values: {} }] },
    ];
    for (const change of wrong) expect(codeOf(() => definition.pose(recorded(change), {}))).toBe('task.data');
  });
});

it('a task that takes its targets from a recording refuses to do without, and names those that can', () => {
  const error = (() => {
    try {
      return tasks.alone('reach', {});
    } catch (thrown) {
      return thrown as LabError;
    }
  })();
  expect(error).toMatchObject({ code: 'task.recording' });
  expect((error as LabError).message).toContain(`"${alone[0].id}"`);
});

function expectWellFormed(task: Task, { trials, steps, input, target, mask }: Batch): void {
  const [inputs, outputs] = [task.inputLabels.length, task.outputLabels.length];
  const wanted = task.loss === 'cross-entropy' ? [trials, steps] : [trials, steps, outputs];
  expect(input.shape).toEqual([trials, steps, inputs]);
  expect(target.shape).toEqual(wanted);
  expect(mask.shape).toEqual(wanted);
  for (const { data } of [input, target, mask]) expect(data.every((v: number) => Number.isFinite(v))).toBe(true);
  expect(mask.data.every((m: number) => m === 0 || m === 1)).toBe(true);
  for (let k = 0; k < inputs; k++) {
    const empty = emptyInputs[task.id]?.includes(task.inputLabels[k]) ?? false;
    expect(
      input.data.some((v: number, i: number) => i % inputs === k && v !== 0),
      `input ${task.inputLabels[k]}`,
    ).toBe(!empty);
  }
  if (task.loss === 'cross-entropy') {
    const classes = new Set(target.data);
    expect(classes.size).toBeGreaterThan(1);
    expect([...classes].every((c) => Number.isInteger(c) && c >= 0 && c < outputs)).toBe(true);
  }
  for (let b = 0; b < trials; b++) {
    const counted = mask.data.slice((b * mask.data.length) / trials, ((b + 1) * mask.data.length) / trials);
    expect(counted.some((m: number) => m === 1)).toBe(true);
  }
}

function inputOf({ input, trials }: Batch, trial: number): number[] {
  const size = input.data.length / trials;
  return Array.from(input.data.slice(trial * size, (trial + 1) * size));
}
