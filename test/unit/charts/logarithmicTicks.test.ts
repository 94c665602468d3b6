import { describe, expect, it } from 'vitest';
import { logarithmicLabel, logarithmicTicks } from '../../../src/charts/logarithmicTicks.ts';

describe('ticks of a logarithmic axis', () => {
  it.each([
    [1e-4, 1, [1e-4, 1e-3, 0.01, 0.1, 1]],
    [0.004, 0.08, [0.005, 0.01, 0.02, 0.05]],
    [0.02, 0.07, [0.02, 0.03, 0.04, 0.05, 0.06, 0.07]],
    [0.0126, 0.09, [0.02, 0.03, 0.05]],
    [0.031, 0.047, [0.035, 0.04, 0.045]],
    [1.001, 1.0042, [1.001, 1.002, 1.003, 1.004]],
  ])('from %d to %d are %j', (min, max, ticks) => {
    expect(logarithmicTicks(min, max)).toEqual(ticks);
  });

  it.each([
    [0.5, 0.52],
    [3e-7, 5e-7],
    [9.99, 10.01],
    [1e-30, 1e30],
    [0.02, 0.9],
  ])('are three to twelve, inside the axis, from %d to %d', (min, max) => {
    const ticks = logarithmicTicks(min, max);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(12);
    for (const tick of ticks) {
      expect(tick).toBeGreaterThanOrEqual(min * (1 - 1e-9));
      expect(tick).toBeLessThanOrEqual(max * (1 + 1e-9));
    }
  });

  it('are labelled plainly near 1, as powers of ten far from it', () => {
    expect([0.001, 0.035, 1, 20_000].map(logarithmicLabel)).toEqual(['0.001', '0.035', '1', '20000']);
    expect([1e-4, 2e-5, 1e6].map(logarithmicLabel)).toEqual(['10⁻⁴', '2·10⁻⁵', '10⁶']);
  });
});
