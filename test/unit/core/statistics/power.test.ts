import { describe, expect, it } from 'vitest';
import { differenceContrast, meanContrast } from '../../../../src/core/statistics/contrast.ts';
import { powerOf, seedsNeeded } from '../../../../src/core/statistics/power.ts';
import { tTest } from '../../../../src/core/statistics/tTest.ts';
import { normalSamples, shareTolerance } from '../../../support/normalSamples.ts';

const usual = { alpha: 0.05, power: 0.8 };

describe('the power estimate', () => {
  it('gives the known numbers of two-sample t-tests: 394, 64 and 26 in each group', () => {
    // Cohen 1992, Psychol. Bull. 112:155, table 2: 393, 64, 26; exact for the small effect is 394 (G*Power)
    expect([0.2, 0.5, 0.8].map((d) => seedsNeeded(d, { ...usual, paired: false }))).toEqual([394, 64, 26]);
  });

  it('gives the known numbers of paired t-tests: 199, 34 and 15 pairs', () => {
    // G*Power: 199, 34, 15
    expect([0.2, 0.5, 0.8].map((d) => seedsNeeded(d, { ...usual, paired: true }))).toEqual([199, 34, 15]);
  });

  it('is the level of the test without an effect, and grows with seeds', () => {
    expect(powerOf(0, 8, { alpha: 0.05, paired: true })).toBeCloseTo(0.05, 12);
    const powers = [2, 3, 5, 10, 20].map((n) => powerOf(0.9, n, { alpha: 0.05, paired: true }));
    expect(powers).toEqual(powers.toSorted());
  });

  it('does not depend on the sign, and has an end', () => {
    expect(seedsNeeded(-0.8, { ...usual, paired: true })).toBe(15);
    expect(seedsNeeded(1e-4, { ...usual, paired: true })).toBeNull();
    expect(seedsNeeded(50, { ...usual, paired: true })).toBe(2);
  });

  it.each([true, false])('is what a simulation finds (paired: %s)', (paired) => {
    const [d, count] = [1.1, 3000];
    const n = seedsNeeded(d, { ...usual, paired })!;
    const seen = normalSamples(count, paired ? n : 2 * n, 51).filter((v) => {
      const shifted = v.map((x, i) => (i < n ? x + d : x));
      const contrast = paired ? meanContrast(shifted) : differenceContrast(shifted.slice(0, n), shifted.slice(n));
      return tTest(contrast)!.p < 0.05;
    });
    const said = powerOf(d, n, { alpha: 0.05, paired });
    expect(said).toBeGreaterThanOrEqual(0.8);
    // Welch's test, which is used, is a little below the pooled test, which is counted with
    expect(Math.abs(seen.length / count - said)).toBeLessThan(shareTolerance(said, count) + (paired ? 0 : 0.01));
  });
});
