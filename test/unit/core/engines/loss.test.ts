import { describe, expect, it } from 'vitest';
import { activityLoss, lossOfTrials, mainLoss } from '../../../../src/core/engines/loss.ts';
import { sizeOf, tensor } from '../../../../src/core/math/tensor.ts';
import { randomTensor } from '../../../support/network.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('mean squared error', () => {
  it('is over the entries that count, whatever the others hold', () => {
    const target = tensor([1, 2, 2], of(0, NaN, 1, 4));
    const mask = tensor([1, 2, 2], of(1, 0, 1, 1));
    const { main, error } = mainLoss('mean-squared-error', 2, of(3, 9, 1, 0), target, mask);
    expect(main).toBeCloseTo((9 + 0 + 16) / 3, 12);
    expect([...error]).toEqual([2, 0, 0, -8 / 3]);
  });

  it('is not a number where nothing counts, so that training stops', () => {
    const none = tensor([1, 1, 1], of(0));
    expect(mainLoss('mean-squared-error', 1, of(3), none, none).main).toBeNaN();
  });
});

describe('cross-entropy', () => {
  const target = tensor([1, 2], of(2, 0));
  const both = tensor([1, 2], of(1, 1));

  it('is the log of the number of outputs when the readout favours none', () => {
    const { main, error } = mainLoss('cross-entropy', 3, of(5, 5, 5, 0, 0, 0), target, both);
    expect(main).toBeCloseTo(Math.log(3), 12);
    expect([...error].map((e) => Number(e.toFixed(12)))).toEqual(
      [1 / 6, 1 / 6, -1 / 3, -1 / 3, 1 / 6, 1 / 6].map((e) => Number(e.toFixed(12))),
    );
  });

  it('counts only the steps of the mask', () => {
    const first = tensor([1, 2], of(1, 0));
    const { main, error } = mainLoss('cross-entropy', 3, of(0, 0, 9, 7, 8, 9), target, first);
    expect(main).toBeCloseTo(Math.log(2 * Math.exp(-9) + 1), 12);
    expect([...error.subarray(3)]).toEqual([0, 0, 0]);
  });

  it('stays finite at any readout that is', () => {
    const { main, error } = mainLoss('cross-entropy', 3, of(1e4, 0, -1e4, -1e300, 0, 0), target, both);
    expect(main).toBeCloseTo((2e4 + 1e300) / 2, 10);
    expect([...error].every(Number.isFinite)).toBe(true);
  });
});

describe.each(['mean-squared-error', 'cross-entropy'] as const)('the shares of trials in the loss: %s', (id) => {
  it('add up to main and activity term', () => {
    const shape = id === 'cross-entropy' ? [3, 2] : [3, 2, 2];
    const size = sizeOf(shape);
    const target = tensor(
      shape,
      new Float64Array(size).map((_, i) => i % 2),
    );
    const mask = tensor(
      shape,
      new Float64Array(size).map((_, i) => (i === 1 ? 0 : 1)),
    );
    const [h, y] = [randomTensor([3, 2, 4], 1).data, randomTensor([3, 2, 2], 2).data];
    const activity = { trials: 3, steps: 2, h0: new Float64Array(4), a: h, h, y };
    const shares = lossOfTrials(id, 2, activity, target, mask, 0.7);
    const whole = mainLoss(id, 2, y, target, mask).main + activityLoss(activity, 0.7);
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(whole, 12);
  });
});
