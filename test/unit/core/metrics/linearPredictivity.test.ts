import { describe, expect, it } from 'vitest';
import { tensor } from '../../../../src/core/math/tensor.ts';
import type { Tensor } from '../../../../src/core/math/tensor.ts';
import { linearPredictivity } from '../../../../src/core/metrics/linearPredictivity.ts';

/** six conditions of four steps */
const courses = (units: number, at: (t: number, k: number) => number): Tensor =>
  tensor(
    [6, 4, units],
    Float64Array.from({ length: 24 * units }, (_, n) => at(Math.floor(n / units), n % units)),
  );
const wave = (t: number, k: number) => Math.sin(1.3 * t + 0.7 * k * k);
const x = courses(5, wave);
const y = courses(3, (t, k) =>
  k === 0 ? wave(t, 0) + 0.5 * Math.cos(0.37 * t) : k === 1 ? wave(t, 1) * wave(t, 2) : Math.sin(0.2 * t * t),
);
const settings = { ...linearPredictivity.defaults, folds: 4 };

describe('linear predictivity', () => {
  it('is what plain loops over folds, penalties and neurons make of it (NumPy)', () => {
    expect(linearPredictivity.compare(x, y, settings)).toBeCloseTo(1.0329877794977507, 7);
    expect(linearPredictivity.compare(x, y, { ...settings, score: 'correlation' })).toBeCloseTo(1.2839755069233214, 7);
  });

  it('is 0 for neurons that are sums of units, and about 1 or more for neurons that have nothing to do with them', () => {
    const sums = courses(2, (t, k) => wave(t, k) - 2 * wave(t, 3) + 5);
    expect(linearPredictivity.compare(x, sums, settings)).toBeLessThan(1e-6);
    const other = courses(3, (t, k) => Math.sin(7.7 * t * t + k));
    expect(linearPredictivity.compare(x, other, settings)).toBeGreaterThan(0.9);
  });

  it('goes one way: many units predict one of them, and not the reverse', () => {
    const one = courses(1, (t) => wave(t, 0));
    expect(linearPredictivity.compare(x, one, settings)).toBeLessThan(1e-6);
    expect(linearPredictivity.compare(one, x, settings)).toBeGreaterThan(0.05);
  });

  it('leaves out neurons that never change', () => {
    const withSilent = courses(4, (t, k) => (k === 3 ? 2 : y.data[t * 3 + k]));
    expect(linearPredictivity.compare(x, withSilent, settings)).toBe(linearPredictivity.compare(x, y, settings));
  });

  it('asks which samples belong to which condition, and for three of them', () => {
    const flat = (t: Tensor) => tensor([24, t.shape[2]], t.data);
    expect(() => linearPredictivity.compare(flat(x), flat(y))).toThrow(
      expect.objectContaining({ code: 'metric.conditions' }),
    );
    const two = (t: Tensor) => tensor([2, 12, t.shape[2]], t.data);
    expect(() => linearPredictivity.compare(two(x), two(y))).toThrow(/at least 3 conditions.*found 2/);
  });
});
