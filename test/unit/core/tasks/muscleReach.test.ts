import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../src/core/data/dataset.ts';
import { principalComponents, project } from '../../../../src/core/math/linear/principalComponents.ts';
import { NumpyRandom } from '../../../../src/core/math/random/numpyRandom.ts';
import { tasks } from '../../../../src/core/tasks/index.ts';
import type { Batch } from '../../../../src/core/tasks/task.ts';
import { codeOf, messageOf } from '../../../support/files.ts';
import { muscleDataset } from '../../../support/muscleDataset.ts';

const dataset = muscleDataset();
const pose = (settings: object = {}, on: Dataset = dataset) =>
  tasks.get('muscle-reach').pose(on, { components: 3, ...settings });

/** One input, target or mask over the steps of one trial. */
function course(batch: Batch, of: 'input' | 'target' | 'mask', trial: number, column: number): number[] {
  const { shape, data } = batch[of];
  return Array.from({ length: shape[1] }, (_, t) => data[(trial * shape[1] + t) * shape[2] + column]);
}
const rounded = (values: readonly number[]): number[] => values.map((v) => Math.round(v * 1e6) / 1e6 + 0); // no −0

describe('the reach with muscles', () => {
  const { analysis, ...task } = pose();
  const { batch } = analysis;

  it('has the inputs and outputs of the published network where 15 components are taken', () => {
    const large = muscleDataset({ neurons: 30, muscles: 7, conditions: 27 });
    const { inputLabels, outputLabels, loss } = tasks.get('muscle-reach').pose(large, {});
    expect(inputLabels).toHaveLength(16);
    expect([inputLabels[0], inputLabels[14], inputLabels[15]]).toEqual([
      'plan component 1',
      'plan component 15',
      'hold',
    ]);
    expect(outputLabels).toHaveLength(7);
    expect(loss).toBe('mean-squared-error');
  });

  it('holds for 37 + 23 + 69 steps in comparisons, and tells the reach from step 37 on as long as it holds', () => {
    const hold = course(batch, 'input', 0, 3);
    expect(hold.slice(0, 121)).toEqual(Array(121).fill(1));
    expect(rounded(hold.slice(121, 130))).toEqual([0.95, 0.9, 0.8, 0.65, 0.35, 0.2, 0.1, 0.05, 0]);
    const cue = course(batch, 'input', 1, 0);
    const size = cue[60];
    expect(size).not.toBe(0);
    expect(cue.slice(0, 37)).toEqual(Array(37).fill(0));
    expect(rounded(cue.slice(37, 46).map((v) => v / size))).toEqual([0.05, 0.1, 0.2, 0.35, 0.65, 0.8, 0.9, 0.95, 1]);
    expect(cue.slice(45, 121)).toEqual(Array(76).fill(size));
    expect(rounded(cue.slice(121).map((v) => v / size))).toEqual(rounded(hold.slice(121)));
  });

  it('shows the inputs as a pulse where asked for', () => {
    const cue = course(pose({ cue: 'pulse' }).analysis.batch, 'input', 1, 0);
    expect(cue.findIndex((v) => v !== 0)).toBe(37);
    expect(cue.findLastIndex((v) => v !== 0)).toBe(59);
  });

  it('asks for the muscles from six steps before the hold cue’s end on, each scaled to 1', () => {
    const { values } = dataset.behaviour;
    for (const [condition, muscle] of [
      [0, 0],
      [3, 1],
    ]) {
      const target = course(batch, 'target', condition, muscle);
      const recorded = Array.from({ length: 66 }, (_, t) => values.data[(muscle * 66 + t) * 4 + condition]);
      expect(target.slice(0, 123)).toEqual(Array(123).fill(0));
      expect(target.slice(123)).toEqual(recorded.map((v) => Math.fround(v / (4 * (muscle + 1)))));
      expect(course(batch, 'mask', condition, muscle)).toEqual(Array(189).fill(1));
    }
  });

  it('lays the recording where muscles and outputs are of the same time', () => {
    expect(analysis).toMatchObject({ start: 3, stop: 189 });
    expect(batch.steps).toBe(189);
    const peak = course(batch, 'target', 0, 0).indexOf(Math.fround(0.25)); // condition 0 peaks at 0 ms
    expect(dataset.timeMs[peak - analysis.start]).toBe(0);
    expect(pose({ testInterval2: 75 }).analysis).toMatchObject({ start: 9, stop: 195 });
  });

  it('counts nothing after the movement of a training trial', () => {
    const settings = { interval1: [5, 5], interval2: [10, 10], steps: 120 };
    const drawn = pose(settings).draw(NumpyRandom.seeded(1), 4);
    const start = 5 + 23 + 10 - 6;
    expect(drawn.steps).toBe(120);
    expect(course(drawn, 'mask', 2, 1)).toEqual([...Array(start + 66).fill(1), ...Array(120 - start - 66).fill(0)]);
    expect(course(drawn, 'target', 2, 1).slice(start + 66)).toEqual(Array(120 - start - 66).fill(0));
  });

  it('scales all signals alike, or none, and rests where the recording begins', () => {
    const column = (settings: object) => course(pose(settings).analysis.batch, 'target', 3, 0);
    const first = Math.exp(-6.25); // at −250 ms, × (1 + condition) × (muscle + 1)
    expect(column({ scale: 'none' })[148]).toBe(4);
    expect(column({ scale: 'all' })[148]).toBe(0.5);
    expect(column({ scale: 'none', rest: 'first' })[0]).toBeCloseTo(2.5 * first, 7);
    expect(column({ rest: 'first' })[122]).toBeCloseTo((2.5 * first) / 4, 7);
  });

  it('draws every condition, and waits from the whole range', () => {
    expect(task.draw(NumpyRandom.seeded(3), 9)).toEqual(task.draw(NumpyRandom.seeded(3), 9));
    const drawn = task.draw(NumpyRandom.seeded(3), 400);
    const begins = Array.from({ length: 400 }, (_, b) => course(drawn, 'input', b, 0).findIndex((v) => v !== 0));
    const ends = Array.from({ length: 400 }, (_, b) => course(drawn, 'input', b, 3).findLastIndex((v) => v > 0) + 1);
    expect([Math.min(...begins), Math.max(...begins)]).toEqual([0, 74]);
    const waits = ends.map((end, b) => end - begins[b] - 23);
    expect(Math.min(...waits)).toBeLessThan(5);
    expect(Math.max(...waits)).toBeGreaterThan(133);
    expect(drawn.steps).toBe(300);
  });
});

describe('the inputs that tell the reach', () => {
  const inputs = (settings: object, on: Dataset = dataset): number[][] => {
    const { batch } = pose(settings, on).analysis;
    return on.conditions.map((_, c) =>
      Array.from({ length: batch.input.shape[2] - 1 }, (__, k) => course(batch, 'input', c, k)[60]),
    );
  };

  it('are the scores of principal component analysis on the mean activity of the plan, largest 1', () => {
    const first = dataset.timeMs.indexOf(-350);
    const plan = { rows: 4, cols: 6, data: new Float64Array(24) };
    for (let c = 0; c < 4; c++) {
      for (let n = 0; n < 6; n++) {
        for (let t = first; t < first + 11; t++)
          plan.data[c * 6 + n] += dataset.activity.data[(n * 186 + t) * 4 + c] / 11;
      }
    }
    const scores = project(plan, principalComponents(plan), 3);
    const largest = Math.max(...scores.data.map(Math.abs));
    const found = inputs({});
    for (let k = 0; k < 3; k++) {
      const far = [0, 1, 2, 3].reduce((a, b) =>
        Math.abs(scores.data[b * 3 + k]) > Math.abs(scores.data[a * 3 + k]) ? b : a,
      );
      const sign = Math.sign(scores.data[far * 3 + k]);
      for (let c = 0; c < 4; c++) expect(found[c][k]).toBeCloseTo((sign * scores.data[c * 3 + k]) / largest, 6);
    }
    expect(Math.max(...found.flat())).toBe(1);
  });

  it('do not depend on the activity outside of the plan', () => {
    const moved = muscleDataset();
    moved.activity.data.forEach((_, i) => {
      const ms = moved.timeMs[Math.floor(i / 4) % 186];
      if (ms < -350 || ms > -250) moved.activity.data[i] = 100 * Math.sin(i);
    });
    expect(inputs({}, moved)).toEqual(inputs({}));
    expect(inputs({ planMs: [-400, -250] }, moved)).not.toEqual(inputs({}));
  });

  it('are one per condition where asked for, whatever the neurons do', () => {
    expect(inputs({ conditionInputs: 'one-hot' })).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect(pose({ conditionInputs: 'one-hot' }).inputLabels).toEqual([
      'reach 1',
      'reach 2',
      'reach 3',
      'reach 4',
      'hold',
    ]);
  });
});

describe('what does not fit', () => {
  const { behaviour, ...without } = dataset;
  const shifted = (by: number, step = 10): Dataset => ({
    ...dataset,
    behaviour: { ...behaviour, timeMs: behaviour.timeMs.map((t) => (t / 10) * step + by) },
  });

  it.each<[string, object, Dataset, string, RegExp]>([
    ['a recording without muscles', {}, without, 'task.data', /behaviour from a second file.*add-behaviour/],
    ['other steps', {}, shifted(0, 5), 'task.data', /EMG in steps of 10 ms, as the activity, found 5 ms/],
    ['times between steps', {}, shifted(4), 'task.data', /at the times of the activity's steps/],
    [
      'conditions planned alike',
      {},
      muscleDataset({}, () => 3),
      'task.data',
      /differs between conditions.*one input per condition/,
    ],
    ['more components than there are', { components: 4 }, dataset, 'task.settings', /components to be at most 3/],
    ['a plan outside of the recording', { planMs: [400, 500] }, dataset, 'task.settings', /planMs to lie within/],
    ['waits too long', { interval2: [0, 300] }, dataset, 'task.settings', /the hold cue to end within 300 steps/],
    [
      'an output before the trial',
      { testInterval1: 0, testInterval2: 0, outputOffset: -30 },
      dataset,
      'task.settings',
      /the output to start/,
    ],
    ['waits too short for the recording', { testInterval1: 30 }, dataset, 'task.settings', /4 steps later/],
    ['what is no setting', { outputs: ['angles'] }, dataset, 'task.settings', /conditionInputs/],
  ])('is refused: %s', (_, settings, on, code, words) => {
    const act = (): unknown => pose(settings, on);
    expect(codeOf(act)).toBe(code);
    expect(messageOf(act)).toMatch(words);
  });
});
