import { describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../../../../src/core/engines/engine.ts';
import { clipGradient, freezeGradient, gradientNorm, optimizerStep } from '../../../../src/core/engines/optimizer.ts';
import { initialState } from '../../../../src/core/engines/state.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { mapParameters, parameterNames, type Parameters } from '../../../../src/core/models/parameters.ts';
import { adam } from '../../../support/network.ts';

/** Parameters of one number each. */
function numbers(...values: number[]): Parameters {
  const entries = parameterNames.map((name, i) => [name, tensor([1], Float64Array.of(values[i]))] as const);
  return Object.fromEntries(entries) as Parameters;
}
const listed = (p: Parameters): number[] => parameterNames.map((name) => p[name].data[0]);

function stepped(start: Parameters, gradients: Parameters[], settings: OptimizerSettings): number[] {
  const state = initialState(start, 0, 'float64');
  gradients.forEach((gradient, i) => optimizerStep(state, gradient, settings, i + 1));
  return listed(state.parameters);
}

describe('Adam', () => {
  it('first goes one learning rate against the sign of the gradient, whatever its size', () => {
    const after = stepped(numbers(0, 0, 0, 0, 1, 1), [numbers(5, -5, 1e-3, 0, 1e3, -1e3)], adam);
    const expected = [-0.01, 0.01, -0.01, 0, 0.99, 1.01];
    after.forEach((w, i) => expect(w).toBeCloseTo(expected[i], 6));
  });

  it('takes the second step worked out by hand', () => {
    // g = 1 then −1: m = 0.09 − 0.1 = −0.01, m̂ = −0.01 / 0.19; v = 0.001999, v̂ = 1
    const [w] = stepped(numbers(0, 0, 0, 0, 0, 0), [numbers(1, 1, 1, 1, 1, 1), numbers(-1, -1, -1, -1, -1, -1)], adam);
    expect(w).toBeCloseTo(-0.01 + 0.01 * (0.01 / 0.19), 9);
  });

  it('takes smaller steps after every so many updates where the learning rate decays', () => {
    const settings = { ...adam, decay: { every: 2, factor: 0.1 } };
    const ones = numbers(1, 1, 1, 1, 1, 1); // a constant gradient: every step is one learning rate
    const [w] = stepped(numbers(0, 0, 0, 0, 0, 0), [ones, ones, ones, ones, ones], settings);
    expect(w).toBeCloseTo(-(0.01 + 0.01 + 0.001 + 0.001 + 0.0001), 8);
  });

  it('stands still without a gradient', () => {
    const settings = { ...adam, weightDecay: 0.1 }; // which is AdamW's alone
    expect(stepped(numbers(1, 2, 3, 4, 5, 6), [numbers(0, 0, 0, 0, 0, 0)], settings)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('AdamW', () => {
  it('shrinks weights by learning rate times decay, apart from the gradient', () => {
    const after = stepped(numbers(1, 2, 3, 4, 5, 6), [numbers(0, 0, 0, 0, 0, 0)], {
      ...adam,
      kind: 'adamw',
      weightDecay: 0.1,
    });
    after.forEach((w, i) => expect(w).toBeCloseTo((i + 1) * 0.999, 12));
  });
});

describe('frozen parameters', () => {
  it('keep their values and moments, whatever their gradient', () => {
    const state = initialState(numbers(1, 2, 3, 4, 5, 6), 0, 'float64');
    const settings = { ...adam, kind: 'adamw', weightDecay: 0.1, frozen: ['Wrec', 'bout'] } as const;
    optimizerStep(state, numbers(1, 1, 1, 1, 1, 1), settings, 1);
    const kept = listed(state.parameters).map((w, i) => w === i + 1);
    expect(kept).toEqual([false, false, true, false, false, true]);
    expect(listed(state.moments.first).map((m) => m === 0)).toEqual(kept);
  });

  it('have no gradient', () => {
    const gradient = numbers(1, 2, 3, 4, 5, 6);
    freezeGradient(gradient, ['a0', 'Wout']);
    expect(listed(gradient)).toEqual([0, 2, 3, 4, 0, 6]);
  });
});

describe('clipGradient', () => {
  it('brings a long gradient to the limit, all parameters by one factor', () => {
    const gradient = numbers(3, 0, 0, 4, 0, 0);
    clipGradient(gradient, 1);
    expect(gradientNorm(gradient)).toBeCloseTo(1, 6);
    expect(gradient.a0.data[0] / gradient.b.data[0]).toBeCloseTo(0.75, 12);
  });

  it('leaves a short gradient alone, and any when there is no limit', () => {
    for (const limit of [6, null]) {
      const gradient = numbers(3, 0, 0, 4, 0, 0);
      clipGradient(gradient, limit);
      expect(gradient).toEqual(numbers(3, 0, 0, 4, 0, 0));
    }
  });
});

describe('initialState', () => {
  it('copies the weights in the precision asked for and starts with empty moments', () => {
    const start = numbers(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    const state = initialState(start, 10, 'float32');
    start.a0.data[0] = 7;
    expect(state.parameters.a0.data).toEqual(Float32Array.of(0.1));
    expect(state).toMatchObject({ update: 0, activityPenalty: 10 });
    const empty = mapParameters(start, (p) => ({ shape: p.shape, data: new Float32Array(1) }));
    expect(state.moments).toEqual({ first: empty, second: empty });
  });
});
