import { describe, expect, it } from 'vitest';
import { relabelTest, signFlipTest, smallestSignFlipP } from '../../../../src/core/statistics/permutationTests.ts';
import { normalSamples, shareTolerance } from '../../../support/normalSamples.ts';

const settings = { draws: 5000, seed: 1 };

/** Darwin's 15 pairs of maize plants, crossed less self-fertilised, in eighths of an inch. */
const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe('the sign-flip test', () => {
  it("gives Fisher's p for Darwin's maize: 1726 of 32 768 ways", () => {
    // The Design of Experiments, section 21: 863 ways to a sum of 314 or more, as many to −314 or less
    expect(signFlipTest(maize, settings)).toEqual({
      p: 1726 / 32_768,
      exact: true,
      ways: 32_768,
      smallest: 2 / 32_768,
    });
  });

  it.each([2, 3, 5, 8])('cannot go below 2/2ⁿ, and goes there when all signs agree (n = %i)', (n) => {
    const { p, smallest } = signFlipTest(
      Array.from({ length: n }, (_, i) => 0.1 * (i + 1)),
      settings,
    );
    expect(p).toBe(2 / 2 ** n);
    expect(smallest).toBe(2 / 2 ** n);
  });

  it('counts ties although sums differ by rounding', () => {
    // |0.1 + 0.2 − 0.3| is not 0 in floating point, and all eight ways of equal sizes are ties of four
    expect(signFlipTest([0.1, 0.2, -0.3], settings).p).toBe(1);
    expect(signFlipTest([0.3, 0.1, 0.2], settings).p).toBe(0.25);
  });

  it('draws, seeded, where there are too many ways, and comes close to the count', () => {
    const values = normalSamples(1, 20, 3)[0].map((v) => v + 0.4);
    const counted = signFlipTest(values, settings);
    expect(counted.exact).toBe(true);
    const more = [...values, 0]; // a difference of 0 changes no sum, and so no share
    const drawn = signFlipTest(more, settings);
    expect(drawn).toMatchObject({ exact: false, ways: 5000, smallest: 1 / 5001 });
    expect(Math.abs(drawn.p - counted.p)).toBeLessThan(shareTolerance(counted.p, 5000) + 1 / 5000);
    expect(signFlipTest(more, settings)).toEqual(drawn);
  });

  it('says the smallest p of a single pair: 1', () => {
    expect(smallestSignFlipP(1)).toBe(1);
    expect(signFlipTest([3], settings).p).toBe(1);
  });
});

describe('the relabelling test', () => {
  it('counts all ways: two groups of three apart give 2 of 20', () => {
    expect(relabelTest([1, 2, 3], [4, 5, 6], settings)).toEqual({ p: 0.1, exact: true, ways: 20, smallest: 0.1 });
  });

  it('of unequal groups, is 1 of all ways at best', () => {
    expect(relabelTest([9, 8], [1, 2, 3], settings)).toMatchObject({ p: 0.1, ways: 10, smallest: 0.1 });
  });

  it('is the same either way round, and 1 for groups of equal means', () => {
    const [a, b] = [
      [0.3, 0.5, 0.45, 0.2],
      [0.6, 0.4, 0.7],
    ];
    expect(relabelTest(a, b, settings).p).toBe(relabelTest(b, a, settings).p);
    expect(relabelTest([1, 2, 3], [1, 2, 3], settings).p).toBe(1);
  });

  it('draws, seeded, where there are too many ways', () => {
    const [a, b] = normalSamples(2, 14, 8);
    const drawn = relabelTest(a, b, settings);
    expect(drawn).toMatchObject({ exact: false, smallest: 1 / 5001 });
    expect(relabelTest(a, b, settings)).toEqual(drawn);
  });
});

describe('p-values where nothing differs', () => {
  const count = 2000;

  it.each([0.0625, 0.25, 0.5, 0.75])('fall at or below %f as often as that (sign flips, five pairs)', (level) => {
    const ps = normalSamples(count, 5, 21).map((d) => signFlipTest(d, settings).p);
    expect(Math.abs(ps.filter((p) => p <= level).length / count - level)).toBeLessThan(shareTolerance(level, count));
  });

  it.each([0.1, 0.5])('fall at or below %f as often as that (labels, three against three)', (level) => {
    const ps = normalSamples(count, 6, 22).map((v) => relabelTest(v.slice(0, 3), v.slice(3), settings).p);
    expect(Math.abs(ps.filter((p) => p <= level).length / count - level)).toBeLessThan(shareTolerance(level, count));
  });
});
