/** Values of printed tables, symmetries, and inverses; scipy's values are in ../scipy.test.ts. */
import { describe, expect, it } from 'vitest';
import { logGamma } from '../../../../../src/core/statistics/distributions/gamma.ts';
import { incompleteBeta } from '../../../../../src/core/statistics/distributions/incompleteBeta.ts';
import { noncentralityOf, noncentralTCdf } from '../../../../../src/core/statistics/distributions/noncentralT.ts';
import { normalCdf, normalQuantile } from '../../../../../src/core/statistics/distributions/normal.ts';
import { tCdf, twoSidedT, twoSidedTQuantile } from '../../../../../src/core/statistics/distributions/studentT.ts';

describe('the gamma function', () => {
  it('is the factorial at whole numbers, and √π at one half', () => {
    [1, 1, 2, 6, 24, 120].forEach((f, n) => expect(Math.exp(logGamma(n + 1))).toBeCloseTo(f, 10));
    expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 12);
    expect(Math.exp(logGamma(0.25))).toBeCloseTo(3.625609908221908, 11);
  });
});

describe('the incomplete beta function', () => {
  it('is x at a = b = 1, a power at b = 1, and 0 and 1 at the ends', () => {
    for (const x of [0, 0.1, 0.5, 0.9, 1]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 14);
      expect(incompleteBeta(x, 3.5, 1)).toBeCloseTo(x ** 3.5, 14);
    }
  });

  it('mirrors: I_x(a, b) = 1 − I_(1−x)(b, a)', () => {
    for (const [x, a, b] of [
      [0.2, 0.5, 4],
      [0.7, 30, 0.5],
      [0.01, 2, 90],
    ]) {
      expect(incompleteBeta(x, a, b)).toBeCloseTo(1 - incompleteBeta(1 - x, b, a), 13);
    }
  });
});

describe('the normal distribution', () => {
  it('has the values of printed tables', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 15);
    expect(normalCdf(-6)).toBeCloseTo(9.865876450376981e-10, 22);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  });

  it('is inverted by its quantiles, into the far tails', () => {
    for (const p of [1e-200, 1e-9, 0.05, 0.3, 0.5, 0.9, 0.999]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
    }
  });
});

describe("Student's t", () => {
  it.each([
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [9, 2.262],
    [30, 2.042],
  ])('has the 95 %% value of printed tables (df %i: %f)', (df, t) => {
    expect(twoSidedTQuantile(0.05, df)).toBeCloseTo(t, 3);
    expect(twoSidedT(twoSidedTQuantile(0.05, df), df)).toBeCloseTo(0.05, 12);
  });

  it("is Cauchy's distribution with one degree of freedom, and nearly normal with many", () => {
    for (const t of [-3, -0.4, 0, 1, 8]) {
      expect(tCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(tCdf(t, 1e7)).toBeCloseTo(normalCdf(t), 6);
    }
  });
});

describe('the noncentral t', () => {
  it('is Student’s without an effect, and Φ(−δ) at 0', () => {
    expect(noncentralTCdf(1.3, 4, 0)).toBe(tCdf(1.3, 4));
    expect(noncentralTCdf(1.3, 4, 1e-9)).toBeCloseTo(tCdf(1.3, 4), 8);
    for (const delta of [-2, 0.5, 3]) expect(noncentralTCdf(0, 4, delta)).toBeCloseTo(normalCdf(-delta), 14);
  });

  it('mirrors: P(T ≤ t | δ) = 1 − P(T ≤ −t | −δ)', () => {
    expect(noncentralTCdf(-1.2, 6, 1)).toBeCloseTo(1 - noncentralTCdf(1.2, 6, -1), 14);
  });

  it('gives the effect back under which an observation lies at a quantile', () => {
    for (const [t, df, p] of [
      [2.5, 4, 0.975],
      [2.5, 4, 0.025],
      [0, 2, 0.3],
      [-40, 2, 0.025],
    ]) {
      expect(noncentralTCdf(t, df, noncentralityOf(t, df, p))).toBeCloseTo(p, 8);
    }
  });
});
