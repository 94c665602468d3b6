import { describe, expect, it } from 'vitest';
import { noncentralTCdf } from '../../../../src/core/statistics/distributions/noncentralT.ts';
import {
  pairedEffect,
  pooledSd,
  smallSampleFactor,
  unpairedEffect,
} from '../../../../src/core/statistics/effectSize.ts';
import { meanOf } from '../../../../src/core/statistics/summary.ts';
import { normalSamples } from '../../../support/normalSamples.ts';

describe('the effect size', () => {
  it('of pairs is mean over SD of the differences, with the ends that put the observed t at the tails', () => {
    const effect = pairedEffect([1, 2, 3, 4], 0.95)!;
    expect(effect.kind).toBe('d_z');
    expect(effect.value).toBeCloseTo(2.5 / Math.sqrt(5 / 3), 12);
    expect(noncentralTCdf(2 * effect.value, 3, 2 * effect.low)).toBeCloseTo(0.975, 7);
    expect(noncentralTCdf(2 * effect.value, 3, 2 * effect.high)).toBeCloseTo(0.025, 7);
  });

  it('changes its sign, not its size, when groups change places', () => {
    const [a, b] = [
      [1, 2, 4],
      [3, 5, 6, 9],
    ];
    const [there, back] = [unpairedEffect(a, b, 0.95)!, unpairedEffect(b, a, 0.95)!];
    expect(there.value).toBeCloseTo(-back.value, 12);
    expect(there.low).toBeCloseTo(-back.high, 8);
  });

  it("has the factor of Hedges's table: 0.5642 at 2, 0.7979 at 4, about 1 − 3/(4 df − 1)", () => {
    expect(smallSampleFactor(2)).toBeCloseTo(0.5642, 4);
    expect(smallSampleFactor(4)).toBeCloseTo(0.7979, 4);
    expect(smallSampleFactor(50)).toBeCloseTo(1 - 3 / (4 * 50 - 1), 4);
  });

  it('g is right on average although seeds are few, and its interval holds the true effect', () => {
    const found = normalSamples(4000, 8, 41).map((v) => {
      const [a, b] = [v.slice(0, 4).map((x) => x + 1), v.slice(4)];
      return (smallSampleFactor(6) * (meanOf(a) - meanOf(b))) / pooledSd(a, b);
    });
    expect(meanOf(found)).toBeCloseTo(1, 1);
    const held = normalSamples(600, 5, 42).map((v) =>
      pairedEffect(
        v.map((x) => x + 1),
        0.9,
      )!,
    );
    const share = held.filter((e) => e.low <= 1 && 1 <= e.high).length / 600;
    expect(Math.abs(share - 0.9)).toBeLessThan(0.048);
  });

  it('is missing where nothing varies, or too few values are there', () => {
    expect(pairedEffect([2, 2, 2], 0.95)).toBeNull();
    expect(pairedEffect([2], 0.95)).toBeNull();
    expect(unpairedEffect([1, 1], [1, 1], 0.95)).toBeNull();
    expect(unpairedEffect([1, 2], [3], 0.95)).toBeNull();
  });
});
