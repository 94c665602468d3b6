import { describe, expect, it } from 'vitest';
import { levels } from '../../../../src/core/analysis/levels/index.ts';
import { straightLine } from '../../../../src/core/analysis/levels/neuronSplitExtrapolated.ts';
import { stepsInOrder } from '../../../../src/core/analysis/levels/timeShuffled.ts';
import type { Measure } from '../../../../src/core/analysis/measure.ts';
import { measureLevel } from '../../../../src/core/analysis/measureNetwork.ts';
import { samplesByNeurons } from '../../../../src/core/analysis/activityMatrix.ts';
import { protocols } from '../../../../src/core/analysis/protocols/index.ts';
import type { Dataset, SingleTrial } from '../../../../src/core/data/dataset.ts';
import { TorchRandom } from '../../../../src/core/math/random/torchRandom.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { reorderedConditions, syntheticRecording } from '../../../support/syntheticRecording.ts';

const usual: Measure = { metric: 'procrustes', settings: {}, protocol: 'plain', draws: 8, seed: 1 };
type Recording = Pick<Dataset, 'activity' | 'singleTrials'>;

const level = (id: string, recording: Recording, measure: Partial<Measure> = {}) =>
  measureLevel(recording, id, { ...usual, ...measure });
const value = (...given: Parameters<typeof level>): number => {
  const result = level(...given);
  expect(result.reason).toBeNull();
  return result.value!;
};

const recording = { activity: syntheticRecording({ neurons: 24 }) };

describe('every level', () => {
  it.each(levels.all)('$id has a unique id, and says what it is and what it means to be past it', (l) => {
    expect(levels.get(l.id)).toBe(l);
    expect(levels.all.filter(({ id }) => id === l.id)).toHaveLength(1);
    for (const text of [l.label, l.summary, l.past]) expect(text.length).toBeGreaterThan(8);
  });

  it.each(levels.all)('$id repeats itself, and depends on the seed only where it draws', (l) => {
    const [first, again, other] = [1, 1, 2].map((seed) => level(l.id, trialsOf({ trials: 4, noise: 1 }), { seed }));
    expect(again).toEqual(first);
    if (l.random) expect(other.value).not.toBe(first.value);
    else expect(other).toEqual(first);
  });

  it.each(levels.all.filter(({ id }) => id !== 'trialSplit'))('$id does not ask in which order conditions are', (l) => {
    const shuffled = { activity: reorderedConditions(recording.activity, [3, 0, 5, 1, 4, 2]) };
    expect(value(l.id, shuffled)).toBeCloseTo(value(l.id, recording), 9);
  });

  it.each(levels.all)('$id under every protocol is a number, or there is a reason why not', (l) => {
    for (const { id: protocol } of protocols.all) {
      const result = level(l.id, recording, { protocol, draws: 2 });
      if (result.value === null) expect(result.reason!.length).toBeGreaterThan(20);
      else expect(Number.isFinite(result.value)).toBe(true);
    }
  });

  it('says in which way a recording of two neurons is too small', () => {
    const two = { activity: syntheticRecording({ neurons: 2 }) };
    expect(level('neuronSplit', two).reason).toMatch(/expected at least 4 neurons, found 2/);
    expect(level('neuronSplitExtrapolated', two).reason).toMatch(/expected at least 16 neurons, found 2/);
    expect(value('crossConditionAverage', two)).toBeGreaterThan(0);
  });
});

describe('half of the neurons against the other half', () => {
  it('are at 0 where all neurons follow one course', () => {
    expect(value('neuronSplit', { activity: syntheticRecording({ neurons: 8, latents: 1, noise: 0 }) })).toBeLessThan(
      1e-6,
    );
  });

  it('are the farther the more noise there is, with the spread over the draws', () => {
    const [clean, noisy] = [0.1, 2].map((noise) =>
      level('neuronSplit', { activity: syntheticRecording({ neurons: 24, noise }) }),
    );
    expect(noisy.value).toBeGreaterThan(clean.value! + 0.1);
    expect(noisy.draws).toBe(8);
    expect(noisy.sd).toBeGreaterThan(0);
  });

  it('are 0 by definition on the scale of the recording', () => {
    expect(value('neuronSplit', recording, { protocol: 'normalizedWithData' })).toBe(0);
    expect(level('neuronSplitExtrapolated', recording, { protocol: 'normalizedWithData' }).reason).toMatch(
      /by definition/,
    );
  });
});

describe('the extrapolation in the number of neurons', () => {
  it('fits a straight line', () => {
    const line = straightLine([1, 2, 3], [5, 7, 9]);
    expect(line(10)).toBeCloseTo(23, 12);
    expect(straightLine([0, 1, 2], [0, 1, 0])(5)).toBeCloseTo(1 / 3, 12);
  });

  it.each(['procrustes', 'cka', 'metricCka'])('tells what as many other neurons of the brain give (%s)', (metric) => {
    const brain = { neurons: 80, steps: 20, conditions: 4, noise: 0.4 };
    const seeds = [1, 2, 3, 4, 5, 6];
    const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
    const recordings = seeds.map((seed) => ({ activity: syntheticRecording({ ...brain, seed }) }));
    const chosen = metrics.comparison(metric);
    const truth = mean(
      recordings.map(({ activity }, i) =>
        chosen.compare(samplesByNeurons(syntheticRecording({ ...brain, seed: 100 + i })), samplesByNeurons(activity)),
      ),
    );
    const measure = { metric, draws: 10 };
    const half = mean(recordings.map((r) => value('neuronSplit', r, measure)));
    const extrapolated = mean(recordings.map((r) => value('neuronSplitExtrapolated', r, measure)));
    expect(half).toBeGreaterThan(truth + 0.03);
    expect(Math.abs(extrapolated - truth)).toBeLessThan(0.7 * (half - truth));
  });

  it('refuses metrics whose size depends on the number of neurons', () => {
    expect(level('neuronSplitExtrapolated', recording, { metric: 'procrustesSize' }).reason).toMatch(
      /^Extrapolating Procrustes distance with size/,
    );
  });
});

describe('time shuffled', () => {
  it('is 0 where nothing changes over time, and farther where much does', () => {
    const { activity } = recording;
    const rate = (_: number, k: number) => Math.sin(1 + (k % 6) + 7 * Math.floor(k / 180));
    const still = { activity: tensor(activity.shape, activity.data.map(rate)) };
    expect(value('timeShuffled', still)).toBeLessThan(1e-6);
    expect(value('timeShuffled', recording)).toBeGreaterThan(0.3);
  });

  it('moves whole steps, the same for all neurons and conditions', () => {
    const x = tensor(
      [2, 3, 2],
      Float64Array.from({ length: 12 }, (_, k) => k),
    );
    expect([...stepsInOrder(x, [2, 0, 1]).data]).toEqual([4, 5, 0, 1, 2, 3, 10, 11, 6, 7, 8, 9]);
  });
});

describe('half of the trials against the other half', () => {
  it('needs single trials, and says so where there are none', () => {
    expect(level('trialSplit', recording).reason).toMatch(/this recording has no single trials, only averages/);
  });

  it('is 0 for trials that are all alike, the nearer the more trials there are', () => {
    expect(value('trialSplit', trialsOf({ trials: 5, noise: 0 }))).toBeLessThan(1e-6);
    const [few, many] = [4, 40].map((trials) => value('trialSplit', trialsOf({ trials, noise: 1 })));
    expect(many).toBeLessThan(0.6 * few);
    expect(many).toBeGreaterThan(0);
  });

  it('keeps apart neurons that were recorded one by one', () => {
    const apart = trialsOf({ trials: 4, noise: 1, together: false });
    expect(value('trialSplit', apart)).toBeGreaterThan(0);
  });

  it('names the condition and neuron of which there is one trial', () => {
    const { activity, singleTrials } = trialsOf({ trials: 2, noise: 1, together: false });
    expect(level('trialSplit', { activity, singleTrials: singleTrials!.slice(1) }).reason).toMatch(
      /found 1 of condition 0, neuron 0/,
    );
  });
});

/** Trials around a recording; together: all neurons at once. */
function trialsOf({
  trials,
  noise,
  together = true,
}: {
  trials: number;
  noise: number;
  together?: boolean;
}): Recording {
  const activity = syntheticRecording({ neurons: 16, noise: 0 });
  const [neurons, steps, conditions] = activity.shape as [number, number, number];
  const draw = TorchRandom.seeded(5);
  const groups = together ? [[...Array(neurons).keys()]] : [...Array(neurons).keys()].map((i) => [i]);
  const singleTrials: SingleTrial[] = [];
  for (let condition = 0; condition < conditions; condition++) {
    for (const group of groups) {
      for (let trial = 0; trial < trials; trial++) {
        const noises = draw.randn(Math.max(16, group.length * steps));
        const data = Float64Array.from({ length: group.length * steps }, (_, k) => {
          const [row, t] = [Math.floor(k / steps), k % steps];
          return activity.data[(group[row] * steps + t) * conditions + condition] + noise * noises[k];
        });
        singleTrials.push({ condition, neurons: group, activity: tensor([group.length, steps], data) });
      }
    }
  }
  return { activity, singleTrials };
}
