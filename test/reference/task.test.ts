/** Trials of the reach task against those of the published code, number for number. */
import { expect, it } from 'vitest';
import { LabError } from '../../src/core/errors.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../src/core/math/random/seeds.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import type { Task } from '../../src/core/tasks/task.ts';
import { hatsopoulosDataset, referenceArrays } from '../support/reachReference.ts';
import {
  describeReference,
  hasReference,
  largestDifference,
  referenceJson,
  referenceList,
} from '../support/reference.ts';

const outputSwitches = {
  OUTPUTONEHOT: 'onehot',
  OUTPUTXYHANDPOSITION: 'position',
  OUTPUTXYHANDVELOCITY: 'velocity',
  OUTPUTSHOULDERELBOWANGLES: 'angles',
};

function poseAsPublished(settings: any): Task {
  const range = (steps: number[]): number[] => [Math.min(...steps), Math.max(...steps)];
  const outputs = Object.entries(outputSwitches).filter(([name]) => settings[name]);
  return tasks.get('reach').pose(hatsopoulosDataset(), {
    steps: settings.n_T,
    interval1: range(settings.interval1set ?? settings.interval1),
    interval2: range(settings.interval2set ?? settings.interval2),
    outputOffset: settings.toffsetoutput,
    ...(outputs.length > 0 && { outputs: outputs.map(([, output]) => output) }),
  });
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, v) => total + v, 0);
const sumOfSquares = (values: ArrayLike<number>): number => sum(Array.from(values, (v) => v * v));

describeReference('reach task fixtures', () => {
  const arrayFiles = referenceList('fixtures', 'task').filter((file) => file.endsWith('.npz'));

  it('are there', () => expect(arrayFiles.length).toBeGreaterThan(5));

  it.each(arrayFiles)('%s is drawn alike', (file) => {
    const { numpy_seed, settings } = referenceJson('fixtures', 'task', file.replace('.npz', '.json'));
    const { IN, TARGETOUT, output_mask } = referenceArrays('fixtures', 'task', file);
    const batch = poseAsPublished(settings).draw(NumpyRandom.seeded(numpy_seed), settings.n_trials);
    expect(batch.input.shape).toEqual(IN.shape);
    expect(batch.target.shape).toEqual(TARGETOUT.shape);
    expect(largestDifference(batch.input.data, IN.data)).toBeLessThan(6e-8);
    expect(largestDifference(batch.target.data, TARGETOUT.data)).toBeLessThan(6e-8);
    expect(Array.from(batch.mask.data)).toEqual(Array.from(output_mask.data));
  });

  it('has the analysis trials of the published analysis as its own', () => {
    const { IN, TARGETOUT, output_mask } = referenceArrays('fixtures', 'task', 'hats_analysis_25_105_T250_angles.npz');
    const { batch, start, stop } = tasks.get('reach').pose(hatsopoulosDataset(), {}).analysis;
    expect(largestDifference(batch.input.data, IN.data)).toBeLessThan(6e-8);
    expect(largestDifference(batch.target.data, TARGETOUT.data)).toBeLessThan(6e-8);
    expect(largestDifference(batch.mask.data, output_mask.data)).toBe(0);
    expect([start, stop]).toEqual([105, 226]);
  });

  it.each([
    ['hats_training_seed1_first5_draws.json', 'trials'],
    ['hats_testset_seed1_1000trials_draws.json', 'testSet'],
  ] as const)('%s: the batches of run seed 1', (file, stream) => {
    const { batches, numpy_seed } = referenceJson('fixtures', 'task', file);
    const seed = streamSeeds(1)[stream];
    expect(seed).toBe(numpy_seed);
    const task = tasks.get('reach').pose(hatsopoulosDataset(), {});
    const random = NumpyRandom.seeded(seed);
    const bare = NumpyRandom.seeded(seed);
    for (const published of batches) {
      const conditions = bare.randints(0, 8, published.n_trials);
      expect([0, 1, 2, 3, 4, 5, 6, 7, ...conditions.slice(8)]).toEqual(published.condition);
      const timing = conditions.map(() => [bare.randint(0, 50), bare.randint(0, 150)]);
      expect(timing.map(([first]) => first)).toEqual(published.interval1);
      expect(timing.map(([, second]) => second)).toEqual(published.interval2);

      const batch = task.draw(random, published.n_trials);
      expect(sum(batch.input.data)).toBeCloseTo(published.IN_sum, 4);
      expect(sumOfSquares(batch.target.data)).toBeCloseTo(published.TARGETOUT_sum_of_squares, 4);
      expect(sum(batch.mask.data)).toBe(published.mask_sum);
    }
    expect(random.state()).toEqual(bare.state());
  });
});

describeReference('reach settings that stop the published code', () => {
  const { cases } = hasReference ? referenceJson('fixtures', 'task', 'settings_that_fail.json') : { cases: [] };
  // the number of outputs follows from the outputs chosen here, so that it cannot disagree with them
  const possible = cases.filter((c: any) => !c.setting.startsWith('n_output'));

  it.each<any>(possible)('stop us too: $setting', (settings) => {
    let error: unknown;
    try {
      poseAsPublished(settings);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(LabError);
    expect(error).toMatchObject({ code: 'task.settings' });
  });
});
