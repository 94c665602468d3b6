import { describe, expect, it } from 'vitest';
import { ruleDraws, signs } from '../../../../../src/core/math/random/ruleDraws.ts';

describe('draws of a rule', () => {
  it('depend on seed and update alone, and differ between both', () => {
    const first = (seed: number, update: number): string => String(ruleDraws(seed, update).uniform(4));
    expect(first(3, 5)).toBe(first(3, 5));
    const places = [0, 1, 2 ** 32 - 1].flatMap((seed) => [0, 1, 2, 1_000_000].map((update) => first(seed, update)));
    expect(new Set(places).size).toBe(places.length);
  });

  it('of signs are −1 and 1, each half of the time', () => {
    const drawn = signs(ruleDraws(1, 1), 10_000);
    expect(new Set(drawn)).toEqual(new Set([-1, 1]));
    expect(Math.abs(drawn.reduce((sum, s) => sum + s, 0))).toBeLessThan(400); // 4 standard deviations
  });
});
