import { describe, expect, it } from 'vitest';
import {
  spearmanBrown,
  splitHalfReliability,
} from '../../../../../src/core/analysis/recording/splitHalfReliability.ts';
import type { SingleTrial } from '../../../../../src/core/data/dataset.ts';
import { NumpyGenerator } from '../../../../../src/core/math/random/numpyGenerator.ts';
import { TorchRandom } from '../../../../../src/core/math/random/torchRandom.ts';
import { tensor, zeros } from '../../../../../src/core/math/tensor.ts';

const settings = (draws = 20, seed = 1) => ({ draws, seed, random: NumpyGenerator.seeded(seed) });
const trial = (condition: number, rows: number[][], neurons = rows.map((_, n) => n)): SingleTrial => ({
  condition,
  neurons,
  activity: tensor([rows.length, rows[0].length], Float64Array.from(rows.flat())),
});
const of = (shape: [number, number, number], singleTrials: SingleTrial[]) => ({ activity: zeros(shape), singleTrials });

/** One neuron: a course per condition, the same in every trial, and noise of variance `noise`. */
function noisy({
  trials,
  steps = 400,
  noise,
  signal = 1,
  seed = 3,
}: {
  trials: number;
  steps?: number;
  noise: number;
  signal?: number;
  seed?: number;
}) {
  const random = TorchRandom.seeded(seed);
  const course = random.randn(steps);
  const made = Array.from({ length: trials }, () => {
    const noises = random.randn(steps);
    return trial(0, [Array.from(course, (v, t) => signal * v + Math.sqrt(noise) * noises[t])]);
  });
  return of([1, steps, 1], made);
}

describe('split-half reliability', () => {
  it('is 1 where all trials are the same', () => {
    const trials = [0, 1].flatMap((c) =>
      Array.from({ length: 5 }, () =>
        trial(c, [
          [1, 4, 2 + c, 8],
          [3, c, 0, 1],
        ]),
      ),
    );
    const { reliability, reasons } = splitHalfReliability(of([2, 4, 2], trials), settings());
    for (const value of reliability) expect(value).toBeCloseTo(1, 12);
    expect(reasons).toEqual({});
  });

  it.each([1, 2, 3])('is about 0 for noise alone (seed %i)', (seed) => {
    const { reliability } = splitHalfReliability(noisy({ trials: 20, signal: 0, noise: 1, seed }), settings());
    expect(Math.abs(reliability[0]!)).toBeLessThan(0.15);
  });

  it('is what the number of trials and the noise make it: n s² / (n s² + σ²)', () => {
    for (const [trials, noise] of [
      [4, 1],
      [10, 4],
      [20, 16],
    ] as const) {
      // prettier-ignore
      const { reliability } = splitHalfReliability(noisy({ trials, noise, steps: 4000 }), settings(40));
      expect(reliability[0]).toBeCloseTo(trials / (trials + noise), 1);
      expect(Math.abs(reliability[0]! - trials / (trials + noise))).toBeLessThan(0.04);
    }
  });

  it('is what one computes by hand for two trials', () => {
    // halves are the trials themselves: r = corr([1, 2, 4], [1, 3, 3]) = 20/21 · … = 2 / √(14/3 · 8/3)
    const trials = [trial(0, [[1, 2, 4]]), trial(0, [[1, 3, 3]])];
    const r = 8 / 3 / Math.sqrt((14 / 3) * (8 / 3));
    const { halves, reliability } = splitHalfReliability(of([1, 3, 1], trials), settings(3));
    expect(halves[0]).toBeCloseTo(r, 12);
    expect(reliability[0]).toBeCloseTo((2 * r) / (1 + r), 12);
  });

  it('does not depend on offset and scale of the rates', () => {
    const data = noisy({ trials: 8, noise: 2 });
    const scaled = data.singleTrials.map((t) => ({ ...t, activity: tensor(t.activity.shape, t.activity.data.map((v) => 3 * v + 100)) })); // prettier-ignore
    const [a] = splitHalfReliability(data, settings()).reliability;
    const [b] = splitHalfReliability({ ...data, singleTrials: scaled }, settings()).reliability;
    expect(b).toBeCloseTo(a!, 9);
  });

  it('leaves out conditions of which a neuron has one trial, and says of whom there is no number', () => {
    const trials = [
      ...Array.from({ length: 4 }, () => trial(0, [[1, 5, 2]], [0])),
      trial(1, [[9, 9, 1]], [0]), // alone
      trial(0, [[1, 2, 3]], [1]), // alone, of the other neuron
      ...Array.from({ length: 4 }, () => trial(1, [[7, 7, 7]], [2])),
    ];
    const { reliability, reasons } = splitHalfReliability(of([3, 3, 2], trials), settings());
    expect(reliability[0]).toBeCloseTo(1, 12);
    expect(reliability.slice(1)).toEqual([null, null]);
    expect(reasons).toEqual({
      'fewer than 2 trials of every condition': 1,
      'no variation in one half of its trials': 1,
    });
  });

  it('repeats from its seed', () => {
    const data = noisy({ trials: 7, noise: 3 });
    expect(splitHalfReliability(data, settings(5, 4))).toEqual(splitHalfReliability(data, settings(5, 4)));
  });
});

describe('the formula of Spearman and Brown', () => {
  it('keeps 0 and 1, lifts what is between, and leaves what is below 0', () => {
    expect([0, 1, 0.5, -0.3].map(spearmanBrown)).toEqual([0, 1, 2 / 3, -0.3]);
  });
});
