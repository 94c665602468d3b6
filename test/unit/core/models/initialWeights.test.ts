import { describe, expect, it } from 'vitest';
import { drawInitialParameters } from '../../../../src/core/models/initialWeights.ts';
import { parameterNames } from '../../../../src/core/models/parameters.ts';

const shape = { units: 60, inputs: 3, outputs: 2 };
const plain = { initialGain: 1, readoutGain: 1 };
const deviation = (x: ArrayLike<number>): number =>
  Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0) / x.length);

describe('drawInitialParameters', () => {
  it('gives every parameter its shape, and zeros to the initial state and the biases', () => {
    const p = drawInitialParameters(shape, plain, 1);
    expect(parameterNames.map((name) => p[name].shape)).toEqual([[60], [60, 3], [60, 60], [60], [2, 60], [2]]);
    for (const name of ['a0', 'b', 'bout'] as const) expect(p[name].data.every((v) => v === 0)).toBe(true);
  });

  it('draws recurrent weights of deviation 1.5 / √N and input weights of 1 / √inputs', () => {
    const p = drawInitialParameters(shape, plain, 1);
    expect(deviation(p.Wrec.data) / (1.5 / Math.sqrt(60))).toBeCloseTo(1, 1);
    expect(deviation(p.Win.data) / (1 / Math.sqrt(3))).toBeCloseTo(1, 1);
    expect(Math.max(...p.Wout.data.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(60));
  });

  it('applies each gain to its own weights alone', () => {
    const p = drawInitialParameters(shape, plain, 4);
    const q = drawInitialParameters(shape, { initialGain: 2, readoutGain: 0.5 }, 4);
    expect(q.Win.data).toEqual(p.Win.data);
    expect(q.Wrec.data).toEqual(p.Wrec.data.map((w) => 2 * w));
    expect(q.Wout.data).toEqual(p.Wout.data.map((w) => 0.5 * w));
  });

  it('repeats with the seed and changes with it', () => {
    expect(drawInitialParameters(shape, plain, 2)).toEqual(drawInitialParameters(shape, plain, 2));
    expect(drawInitialParameters(shape, plain, 2)).not.toEqual(drawInitialParameters(shape, plain, 3));
  });
});
