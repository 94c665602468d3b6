import { logGamma } from './gamma.ts';

/**
 * Regularised incomplete beta function I_x(a, b), by its continued fraction.
 *
 * y: 1 − x, given apart because it may be known to more digits than a difference from 1 has.
 * Source: Press et al., Numerical Recipes, 6.4; DLMF 8.17.22; the fraction by Lentz 1976, Appl. Opt. 15:668.
 */
export function incompleteBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = Math.exp(logBetaPower(x, a, b, y));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(y, b, a)) / b;
}

/** ln( xᵃ yᵇ / B(a, b) ) */
export function logBetaPower(x: number, a: number, b: number, y = 1 - x): number {
  return a * Math.log(x) + b * Math.log(y) + logGamma(a + b) - logGamma(a) - logGamma(b);
}

const tiny = 1e-300;
const notZero = (v: number): number => (Math.abs(v) < tiny ? tiny : v);

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}
