import { describe, expect, it } from 'vitest';
import { contextTrials } from '../../../bench/contextTrials.ts';
import { gflopOf } from '../../../bench/operations.ts';
import { contextProblem, firstState, publishedProblems, reachProblem, setupOf } from '../../../bench/problems.ts';
import { describeReference, referenceJson } from '../../support/reference.ts';

describe('the problems that are timed', () => {
  it('have the sizes of the published runs', () => {
    const sizes = publishedProblems().map(({ units, batch }) => [units, batch.input.shape, batch.target.shape]);
    expect(sizes).toEqual([
      [200, [100, 300, 3], [100, 300, 2]],
      [200, [72, 113, 9], [72, 113]],
      [400, [72, 113, 9], [72, 113]],
    ]);
    const { shape } = setupOf(contextProblem(400), 'e-prop');
    expect(shape).toMatchObject({ units: 400, inputs: 9, outputs: 3 });
    expect(firstState(contextProblem(400)).parameters.Wout.shape).toEqual([3, 400]);
  });

  it('can be cut to fewer trials and steps', () => {
    const { batch } = reachProblem({ trials: 20, steps: 50 });
    const whole = reachProblem({ trials: 20 }).batch;
    expect(batch.input.shape).toEqual([20, 50, 3]);
    expect(batch.input.data.subarray(50 * 3, 51 * 3)).toEqual(whole.input.data.subarray(300 * 3, 301 * 3));
  });

  it('take the operations that the products have', () => {
    // 30 000 rows × 200 units × (200 + 3 + 1 + 2), two operations, three products
    expect(gflopOf(reachProblem())).toBeCloseTo(3 * 2e-9 * 30000 * 200 * 206, 9);
    expect(gflopOf(reachProblem(), 'e-prop')).toBeCloseTo(2e-9 * 30000 * 200 * (2 * 206 + 2), 9);
  });
});

describe('trials of context-dependent decisions', () => {
  const { input, target, mask, trials, steps } = contextTrials();

  it('have inputs of norm 1 at every step', () => {
    for (let row = 0; row < trials * steps; row++) {
      expect(Math.hypot(...input.data.subarray(row * 9, row * 9 + 9))).toBeCloseTo(1, 6);
    }
  });

  it('ask for motion in one half of the trials and for colour in the other', () => {
    const last = (trial: number) => target.data[trial * steps + steps - 1];
    const [motionRight, colourGreen] = [0, 36]; // negative evidence of the kind that counts
    expect([last(motionRight), last(35), last(colourGreen), last(71)]).toEqual([1, 2, 1, 2]);
  });

  describeReference('the published ones', () => {
    it('have the same share of zeros and the same means', () => {
      const known = referenceJson('fixtures/task/mante13_pickle_contents.json');
      const share = (data: ArrayLike<number>, f: (v: number) => number) =>
        Array.from(data, f).reduce((a, b) => a + b, 0) / data.length;
      expect(share(input.data, (v) => Number(v === 0))).toBeCloseTo(known.IN.fraction_zero, 6);
      expect(share(input.data, (v) => v)).toBeCloseTo(known.IN.mean, 2);
      expect(share(target.data, (v) => v)).toBeCloseTo(known.TARGETOUT.mean, 6);
      expect(share(mask.data, (v) => v)).toBe(known.output_mask.mean);
    });
  });
});
