import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../../../src/core/math/random/numpyRandom.ts';
import { contextDecision } from '../../../../src/core/tasks/contextDecision.ts';
import type { Batch, Task } from '../../../../src/core/tasks/task.ts';
import { decisionDataset } from '../../../support/decisionDataset.ts';
import { codeOf, messageOf } from '../../../support/files.ts';
import { reachDataset } from '../../../support/reachDataset.ts';

const dataset = decisionDataset();
const pose = (settings: object = {}, on = dataset): Task => contextDecision.pose(on, settings);
const plain = { normalizeInputs: false };

/** Inputs of a trial at a step. */
function inputs({ input }: Batch, trial: number, step: number): number[] {
  const [, steps, count] = input.shape;
  return Array.from(input.data.subarray((trial * steps + step) * count, (trial * steps + step + 1) * count));
}

describe('a trial of the context-dependent decision', () => {
  const { batch } = pose(plain).analysis;
  // the first condition: motion −50 %, colour −50 %, colour decides

  it('shows what the paper says in each phase: fixation 23 steps, stimulus 50, delay 20, decision 20', () => {
    expect(batch.steps).toBe(113);
    const waiting = [1, 0, 0, 0, 0, 0, 1, 0, 1];
    for (const step of [0, 22, 73, 92]) expect(inputs(batch, 0, step), `step ${step}`).toEqual(waiting);
    for (const step of [23, 72]) expect(inputs(batch, 0, step)).toEqual([1, 0.75, 0.25, 0.75, 0.25, 0, 1, 0, 1]);
    for (const step of [93, 112]) expect(inputs(batch, 0, step)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('asks for the choice that the context decides, in the decision only', () => {
    dataset.conditions.forEach(({ values: { motion, colour, context } }, trial) => {
      const right = (context === 1 ? motion : colour) > 0 ? 2 : 1;
      const target = Array.from(batch.target.data.subarray(trial * 113, (trial + 1) * 113));
      expect(new Set(target.slice(0, 93))).toEqual(new Set([0]));
      expect(new Set(target.slice(93))).toEqual(new Set([right]));
    });
    expect(new Set(batch.mask.data)).toEqual(new Set([1]));
  });

  it('has inputs of norm 1 at every step unless that is switched off', () => {
    const { batch: unit } = pose().analysis;
    for (let step = 0; step < 113; step++) expect(Math.hypot(...inputs(unit, 5, step))).toBeCloseTo(1, 6);
  });

  it('leaves the decision without any input where the target order is not shown', () => {
    const { batch: dark } = pose({ colourTargetOrder: false }).analysis;
    expect(dark.input.shape).toEqual([72, 113, 7]);
    expect(inputs(dark, 0, 100)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('the trials of an update', () => {
  const random = () => NumpyRandom.seeded(1);

  it('are one per condition, and with noise new ones at every update, around the same mean', () => {
    const task = pose({ ...plain, inputNoise: 0.1 });
    const stream = random();
    const [first, second] = [task.draw(stream, 72), task.draw(stream, 72)];
    expect(first.trials).toBe(72);
    expect(first.input.data).not.toEqual(second.input.data);
    const silent = pose(plain).analysis.batch;
    const differences = Array.from(first.input.data, (v, i) => v - silent.input.data[i]);
    const noisy = differences.filter((d) => d !== 0);
    expect(noisy).toHaveLength(72 * 50 * 4);
    const mean = noisy.reduce((sum, d) => sum + d, 0) / noisy.length;
    const deviation = Math.sqrt(noisy.reduce((sum, d) => sum + (d - mean) ** 2, 0) / noisy.length);
    expect(Math.abs(mean)).toBeLessThan(0.004);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.004);
    expect(inputs(first, 0, 30).filter((v, i) => v !== inputs(silent, 0, 30)[i])).toHaveLength(4);
    expect(pose({ ...plain, inputNoise: 0.1 }).analysis.batch.input.data).toEqual(silent.input.data);
  });

  it('are random conditions, as many as asked for, where that is chosen', () => {
    const task = pose({ draw: 'random' });
    expect(task.fixedTrials).toBeUndefined();
    const batch = task.draw(random(), 500);
    expect(batch.input.shape).toEqual([500, 113, 9]);
    const choices = Array.from({ length: 500 }, (_, trial) => batch.target.data[trial * 113 + 112]);
    expect(choices.filter((c) => c === 1).length).toBeGreaterThan(200);
    expect(choices.filter((c) => c === 2).length).toBeGreaterThan(200);
    expect(batch).toEqual(task.draw(random(), 500));
  });

  it('follow the levels and the context of the settings', () => {
    const settings = {
      motionCoherences: [0.3],
      colourCoherences: [0.1, 0.2],
      contexts: 'motion',
      draw: 'random',
    } as const;
    const alone = contextDecision.protocol!(settings);
    expect(alone.conditions).toHaveLength(2 * 4);
    expect(alone.conditions.every(({ values }) => values['context'] === 1)).toBe(true);
    const task = pose(settings, alone);
    expect(task.analysis).toMatchObject({ start: 0, stop: 113, batch: { trials: 8 } });
  });
});

describe('the comparison with a recording', () => {
  it('starts where the recording does, counted from the stimulus, or as published with the stimulus', () => {
    expect(contextDecision.pose(dataset, {}, 'corrected').analysis).toMatchObject({ start: 30, stop: 80 });
    expect(pose().analysis).toMatchObject({ start: 23, stop: 73 });
    const early = decisionDataset({ timeMs: Float64Array.from({ length: 50 }, (_, t) => -150 + 15 * t) });
    expect(pose({}, early).analysis).toMatchObject({ start: 13, stop: 63 });
  });

  it('takes the conditions of the recording in its order, and some of them', () => {
    const some = dataset.conditions.slice(10, 13).reverse();
    const { batch } = pose({}, decisionDataset({ conditions: some })).analysis;
    const all = pose().analysis.batch;
    expect([0, 1, 2].map((trial) => inputs(batch, trial, 40))).toEqual([12, 11, 10].map((c) => inputs(all, c, 40)));
  });

  it.each([
    ['another task', reachDataset(), {}, /a motion, a colour and a context, found "0°"/],
    ['other coherences', dataset, { motionCoherences: [0.1] }, /motion ±0\.1, colour ±0\.06 0\.17 0\.5/],
    ['a context that was left out', dataset, { contexts: 'colour' }, /colour decides\), found ".*motion decides"/],
    [
      'another time step',
      decisionDataset({ timeMs: Float64Array.from({ length: 50 }, (_, t) => 10 * t) }),
      {},
      /steps of 15 ms .*found 10 ms/,
    ],
    [
      'times after the trial',
      decisionDataset({ timeMs: Float64Array.from({ length: 50 }, (_, t) => -400 + 15 * t) }),
      {},
      /times within -345 … 1335 ms/,
    ],
    ['no trials where they are wanted from the file', dataset, { trials: 'file' }, /trials in the file/],
  ])('refuses a dataset with %s', (_, on, settings, words) => {
    expect(codeOf(() => pose(settings, on))).toBe('task.data');
    expect(messageOf(() => pose(settings, on))).toMatch(words);
  });

  it.each([
    [{ dtMs: 0 }, /dtMs to be a number \(ms\) from 1 to 100/],
    [{ stimulusMs: 20 }, /the stimulus to last two steps of 15 ms or more, found 20 ms/],
    [{ decisionMs: 14 }, /the decision to last one step/],
    [{ motionCoherences: [] }, /motionCoherences to be a list of 1 or more/],
    [{ motionCoherences: [0.5, 0.5] }, /motionCoherences to differ/],
    [{ colourCoherences: [1.5] }, /from 0.001 to 1/],
    [{ inputNoise: -1 }, /inputNoise to be a number from 0/],
    [{ contexts: 'sound' }, /contexts to be one of "both", "motion", "colour"/],
    [{ draw: 'some' }, /draw to be one of/],
    [{ normalizeInputs: 1 }, /true or false/],
    [{ fixation: 350 }, /expected one of trials, draw, dtMs/],
  ])('refuses the settings %j', (settings, words) => {
    expect(codeOf(() => pose(settings))).toBe('task.settings');
    expect(messageOf(() => pose(settings))).toMatch(words);
  });
});
