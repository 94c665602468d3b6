import { describe, expect, it } from 'vitest';
import { differenceContrast, meanContrast } from '../../../../src/core/statistics/contrast.ts';
import {
  acceleration,
  bcaInterval,
  bootstrapCoverage,
  bootstrapEstimates,
  intervalKinds,
  intervalsOf,
  percentileInterval,
} from '../../../../src/core/statistics/intervals.ts';
import { normalSamples, shareTolerance } from '../../../support/normalSamples.ts';

const settings = { confidence: 0.95, draws: 2000, seed: 1 };

describe('intervals of a mean', () => {
  it('repeat with the seed of their stream, and move a little with another', () => {
    const values = [0.41, 0.38, 0.45, 0.4, 0.39];
    const once = intervalsOf(meanContrast(values), settings);
    expect(intervalsOf(meanContrast(values), settings)).toEqual(once);
    const other = intervalsOf(meanContrast(values), { ...settings, seed: 2 });
    expect(other.bca).not.toEqual(once.bca);
    expect(other.bca!.low).toBeCloseTo(once.bca!.low, 2);
    expect(other.t).toEqual(once.t);
  });

  it('has the t interval of a textbook: 5, 7, 9 gives 7 ± 4.303 · 2/√3', () => {
    const { t } = intervalsOf(meanContrast([5, 7, 9]), settings);
    expect(t!.low).toBeCloseTo(7 - 4.968, 3);
    expect(t!.high).toBeCloseTo(7 + 4.968, 3);
  });

  it('are missing for a single value and for values that do not differ', () => {
    const none = { bca: null, percentile: null, t: null };
    expect(intervalsOf(meanContrast([1]), settings)).toEqual(none);
    expect(intervalsOf(meanContrast([0.1 + 0.2, 0.3, 0.3]), settings)).toEqual(none);
  });

  it('move and stretch with the values', () => {
    const values = [1, 2, 4, 8];
    const at = intervalsOf(meanContrast(values), settings);
    const moved = intervalsOf(meanContrast(values.map((v) => 10 + 4 * v)), settings);
    for (const kind of intervalKinds) {
      expect(moved[kind]!.low).toBeCloseTo(10 + 4 * at[kind]!.low, 10);
      expect(moved[kind]!.high).toBeCloseTo(10 + 4 * at[kind]!.high, 10);
    }
  });

  it('BCa leans to the long tail of skewed values, and is the percentile interval without bias or skewness', () => {
    const skewed = meanContrast([1, 1.1, 1.2, 1.3, 1.5, 1.9, 2.8, 6]);
    const { bca, percentile } = intervalsOf(skewed, { ...settings, draws: 10_000 });
    expect(bca!.low).toBeGreaterThan(percentile!.low);
    expect(bca!.high).toBeGreaterThan(percentile!.high);
    expect(acceleration(skewed)).toBeGreaterThan(0);
    const even = Float64Array.from({ length: 1001 }, (_, i) => i);
    expect(bcaInterval(even, 500, 0, 0.9).low).toBeCloseTo(percentileInterval(even, 0.9).low, 9);
  });

  it('of a difference, are those of the mean mirrored when the two change places', () => {
    const [a, b] = [
      [1, 2, 4],
      [0, 3, 5, 9],
    ];
    const there = intervalsOf(differenceContrast(a, b), settings).t!;
    const back = intervalsOf(differenceContrast(b, a), settings).t!;
    expect(there.low).toBeCloseTo(-back.high, 12);
    expect(acceleration(differenceContrast(a, b))).toBeCloseTo(-acceleration(differenceContrast(b, a)), 12);
  });

  it('a bootstrap sample never leaves the range of the values', () => {
    const estimates = bootstrapEstimates(meanContrast([1, 2, 7]), settings);
    expect([estimates[0], estimates.at(-1)]).toEqual([1, 7]);
    expect(new Set(Array.from(estimates, (v) => v.toFixed(9))).size).toBe(10); // 3 values make 10 different samples
  });
});

describe('how often an interval holds the true mean of normal values', () => {
  const count = 1000;
  it.each([3, 5, 10])('holds it as often as is said (n = %i)', (n) => {
    const found = normalSamples(count, n, 11 + n).map((values, i) =>
      intervalsOf(meanContrast(values), { ...settings, draws: 500, seed: i }),
    );
    const share = (kind: (typeof intervalKinds)[number]) =>
      found.filter((f) => f[kind]!.low <= 0 && 0 <= f[kind]!.high).length / count;
    expect(Math.abs(share('t') - 0.95)).toBeLessThan(shareTolerance(0.95, count));
    // the formula is about right: two points beyond chance
    for (const kind of ['percentile', 'bca'] as const) {
      const said = bootstrapCoverage(n, 0.95);
      expect(Math.abs(share(kind) - said)).toBeLessThan(shareTolerance(said, count) + 0.02);
    }
  });

  it('is said to be half of the time for two values, and to grow towards 95 %', () => {
    expect(bootstrapCoverage(2, 0.95)).toBe(0.5);
    const said = [3, 5, 10, 100, 10_000].map((n) => bootstrapCoverage(n, 0.95));
    expect(said).toEqual(said.toSorted());
    expect(said[0]).toBeCloseTo(0.75, 2);
    expect(said.at(-1)).toBeCloseTo(0.95, 3);
  });
});
