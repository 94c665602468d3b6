import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/core/errors.ts';
import { NumpyRandom } from '../../../../src/core/math/random/numpyRandom.ts';
import { tasks } from '../../../../src/core/tasks/index.ts';
import { reachDataset } from '../../../support/reachDataset.ts';

const pose = (settings = {}, dataset = reachDataset()) => tasks.get('reach').pose(dataset, settings);
const column = (values: ArrayLike<number>, width: number, c: number): number[] =>
  Array.from(values).filter((_, i) => i % width === c);

function errorOf(run: () => unknown): LabError {
  try {
    run();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the reach task', () => {
  it('names inputs, outputs and its step', () => {
    const task = pose();
    expect(task.inputLabels).toEqual(['sine of direction', 'cosine of direction', 'hold']);
    expect(task.outputLabels).toEqual(['shoulderAngle', 'elbowAngle']);
    expect(task.dtMs).toBe(10);
    expect(task.steps).toBe(300);
  });

  it('shows the cue after the first interval, ends the hold cue after the second, then asks for the movement', () => {
    const dataset = reachDataset();
    const { input, target, mask } = pose({}, dataset).analysis.batch;
    const sine = column(input.data.subarray(2 * 750, 3 * 750), 3, 0); // third condition: 90°, sine 1
    expect(sine.findIndex((v) => v > 0)).toBe(25);
    expect(sine.slice(33, 40)).toEqual(Array(7).fill(1));
    expect(sine.findLastIndex((v) => v > 0)).toBe(47);
    const hold = column(input.data.subarray(0, 750), 3, 2);
    expect(hold.lastIndexOf(1)).toBe(144);
    expect(hold.findLastIndex((v) => v > 0)).toBe(152);
    const shoulder = column(target.data.subarray(0, 500), 2, 0);
    expect(shoulder.slice(0, 143).every((v) => v === 0)).toBe(true);
    const recorded = dataset.kinematics['shoulderAngle'].data.subarray(70, 121);
    expect(shoulder.slice(143, 194)).toEqual(Array.from(recorded, Math.fround));
    expect(column(mask.data.subarray(0, 500), 2, 0)).toEqual([...Array(194).fill(1), ...Array(56).fill(0)]);
  });

  it('keeps the one-hot output on, and counted, to the end', () => {
    const { target, mask } = pose({ outputs: ['onehot'] }).analysis.batch;
    const own = column(target.data.subarray(3 * 2000, 4 * 2000), 8, 3);
    expect(own).toEqual([...Array(143).fill(0), ...Array(107).fill(1)]);
    expect(mask.data.every((m) => m === 1)).toBe(true);
  });

  it('orders outputs alike, whatever order was asked for', () => {
    expect(pose({ outputs: ['angles', 'position'] }).outputLabels).toEqual(
      pose({ outputs: ['position', 'angles'] }).outputLabels,
    );
    expect(pose({ outputs: ['onehot', 'position', 'velocity', 'angles'] }).outputLabels).toHaveLength(14);
  });

  it('gives a batch for every condition once there are enough trials', () => {
    const { input } = pose().draw(NumpyRandom.seeded(1), 8);
    const angles = Array.from({ length: 8 }, (_, trial) => {
      const one = input.data.subarray(trial * 900, (trial + 1) * 900);
      return Math.round(Math.atan2(sumOf(column(one, 3, 0)), sumOf(column(one, 3, 1))) / (Math.PI / 4));
    });
    expect(angles.map((a) => (a + 8) % 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('repeats with the random stream, goes on with it, and draws nothing for the analysis', () => {
    const task = pose();
    const stream = NumpyRandom.seeded(3);
    const first = task.draw(stream, 10);
    expect(task.draw(NumpyRandom.seeded(3), 10)).toEqual(first);
    expect(task.draw(stream, 10)).not.toEqual(first);
  });

  it('compares the analysis trials over as many steps as the dataset has', () => {
    const { start, stop, batch } = pose().analysis;
    expect([start, stop, batch.trials, batch.steps]).toEqual([105, 226, 8, 250]);
  });

  it('aligns movement onset in recording and target where conventions are corrected', () => {
    const dataset = reachDataset();
    const corrected = (settings = {}) => tasks.get('reach').pose(dataset, settings, 'corrected').analysis;
    const { start, stop, batch } = corrected();
    const recorded = dataset.kinematics['shoulderAngle'].data.subarray(0, 121);
    const target = column(batch.target.data.subarray(0, 500), 2, 0).slice(start, stop);
    expect(start).toBe(105 - 32);
    expect(target.slice(70)).toEqual(Array.from(recorded.subarray(70), Math.fround)); // from −100 ms on
    expect(corrected({ analysis: { steps: 250, interval1: 35, interval2: 105, start: null } }).start).toBe(83);
    expect(corrected({ outputOffset: -4 }).start).toBe(79);
    expect(corrected({ analysis: { steps: 250, interval1: 25, interval2: 105, start: 90 } }).start).toBe(90);
    expect(batch).toEqual(pose({}, dataset).analysis.batch);
  });

  it('takes what is not said of the comparison from the defaults, as in plans that said all of it', () => {
    const whole = { steps: 250, interval1: 30, interval2: 105, start: null };
    expect(pose({ analysis: { interval1: 30 } }).analysis).toEqual(pose({ analysis: whole }).analysis);
    expect(tasks.get('reach').defaults).toEqual({
      steps: 300,
      interval1: [0, 49],
      interval2: [0, 149],
      outputOffset: -10,
      outputs: ['angles'],
      analysis: { steps: 250, interval1: 25, interval2: 105, start: null },
    });
  });

  it('refuses waits too short for the recording’s beginning where conventions are corrected', () => {
    const settings = { analysis: { steps: 250, interval1: 0, interval2: 30, start: null } };
    const error = errorOf(() => tasks.get('reach').pose(reachDataset(), settings, 'corrected'));
    expect(error.code).toBe('task.settings');
    expect(error.message).toContain('27 steps later');
  });

  it.each([
    [{ steps: 100, interval1: [40, 40], interval2: [90, 90] }, 'the hold cue to end within 100 steps, found 153'],
    [{ steps: 128, interval1: [25, 25], interval2: [80, 80], outputOffset: 5 }, 'the output to start within 128 steps'],
    [{ interval1: [0, 300] }, 'the hold cue to end within 300 steps'],
    [{ outputOffset: -30 }, 'found step -7'],
    [{ analysis: { steps: 200, interval1: 25, interval2: 105, start: 105 } }, 'analysis.steps to be at least 226'],
    [{ interval1: [5, 2] }, 'interval1 to be [first, last]'],
    [{ outputs: [] }, 'outputs to be some of'],
    [{ outputs: ['force'] }, 'outputs to be some of'],
    [{ steps: 12.5 }, 'steps to be a whole number'],
    [{ analysis: { steps: 250, interval1: -1, interval2: 105 } }, 'expected analysis.interval1 to be a whole number'],
    [
      { analysis: { begin: 3 } },
      'expected one of analysis.steps, analysis.interval1, analysis.interval2, analysis.start, found "analysis.begin"',
    ],
    [{ analysis: 250 }, 'analysis to be settings by name: steps, interval1'],
    [{ step: 300 }, 'expected one of outputs, steps, interval1'],
  ])('refuses settings that do not fit: %j', (settings, words) => {
    const error = errorOf(() => pose(settings));
    expect(error.code).toBe('task.settings');
    expect(error.message).toContain(words);
  });

  it('says which kinematics, directions or times a dataset lacks', () => {
    const { kinematics, conditions, timeMs } = reachDataset();
    const { elbowAngle: _, ...rest } = kinematics;
    const lacking = [
      [{ kinematics: rest }, 'kinematics "elbowAngle", found handX, handY'],
      [{ conditions: conditions.with(3, { label: 'left', values: {} }) }, 'none for "left"'],
      [{ timeMs: timeMs.map((t) => t + 900) }, '1300 ms. Import the recording again with the time of its first step'],
    ] as const;
    for (const [changes, words] of lacking) {
      const error = errorOf(() => pose({}, reachDataset(changes)));
      expect(error.code).toBe('task.data');
      expect(error.message).toContain(words);
    }
  });
});

describe('tasks', () => {
  it('name the known ones when asked for an unknown one', () => {
    expect(errorOf(() => tasks.get('maze'))).toMatchObject({ code: 'task.unknown' });
    expect(errorOf(() => tasks.get('maze')).message).toContain('"reach"');
  });
});

function sumOf(values: number[]): number {
  return values.reduce((sum, v) => sum + v, 0);
}
