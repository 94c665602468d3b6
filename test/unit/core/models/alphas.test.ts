import { describe, expect, it } from 'vitest';
import { alphasOf } from '../../../../src/core/models/alphas.ts';

describe('alphasOf', () => {
  it('is one number for one time constant', () => {
    expect(alphasOf({ units: 5, tauMs: 100 }, 10)).toBe(0.1);
    expect(alphasOf({ units: 5, tauMs: [100, 100] }, 10)).toBe(0.1);
  });

  it('spreads time constants evenly over a range, in every part of the units', () => {
    const alphas = alphasOf({ units: 200, tauMs: [50, 250] }, 10) as number[];
    for (const part of [alphas, alphas.slice(0, 160), alphas.slice(160)]) {
      const taus = part.map((alpha) => 10 / alpha).sort((a, b) => a - b);
      expect(taus[0]).toBeGreaterThanOrEqual(50);
      expect(taus.at(-1)).toBeLessThanOrEqual(250);
      taus.forEach((tau, i) => expect(Math.abs(tau - (50 + (200 * (i + 0.5)) / part.length))).toBeLessThan(15));
    }
  });

  it('refuses time constants shorter than a step, with both in its words', () => {
    for (const tauMs of [5, [5, 100] as const, -100]) {
      expect(() => alphasOf({ units: 5, tauMs }, 10)).toThrow(
        expect.objectContaining({ code: 'model.tau', message: expect.stringContaining('one time step (10 ms)') }),
      );
    }
  });
});
