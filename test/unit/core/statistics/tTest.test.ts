import { describe, expect, it } from 'vitest';
import { differenceContrast, meanContrast } from '../../../../src/core/statistics/contrast.ts';
import { tTest } from '../../../../src/core/statistics/tTest.ts';
import { normalSamples, shareTolerance } from '../../../support/normalSamples.ts';

/** Hours of sleep gained by ten patients with two drugs: Student 1908, Biometrika 6:1. */
const [first, second] = [
  [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
];

describe('the t-test', () => {
  it("gives the known values of Student's sleep data, paired and Welch's", () => {
    const paired = tTest(meanContrast(first.map((v, i) => v - second[i])))!;
    expect(paired.t).toBeCloseTo(-4.0621, 4);
    expect(paired.df).toBeCloseTo(9, 12);
    expect(paired.p).toBeCloseTo(0.002833, 6);
    const welch = tTest(differenceContrast(first, second))!;
    expect(welch.t).toBeCloseTo(-1.8608, 4);
    expect(welch.df).toBeCloseTo(17.776, 3);
    expect(welch.p).toBeCloseTo(0.07939, 5);
  });

  it('has no answer without spread', () => {
    expect(tTest(meanContrast([0.2, 0.2, 0.2]))).toBeNull();
    expect(tTest(meanContrast([0.2]))).toBeNull();
    expect(tTest(differenceContrast([1, 2], [3]))).toBeNull();
  });

  it.each([0.01, 0.05, 0.5])('falls at or below %f as often as that where nothing differs', (level) => {
    const count = 4000;
    const share = (ps: number[]) => ps.filter((p) => p <= level).length / count;
    const paired = normalSamples(count, 4, 31).map((d) => tTest(meanContrast(d))!.p);
    expect(Math.abs(share(paired) - level)).toBeLessThan(shareTolerance(level, count));
    // Welch's is a little careful with so few
    const welch = normalSamples(count, 10, 32).map((v) => tTest(differenceContrast(v.slice(0, 5), v.slice(5)))!.p);
    expect(share(welch)).toBeLessThan(level + shareTolerance(level, count));
    expect(share(welch)).toBeGreaterThan(0.6 * level);
  });
});
