/**
 * How likely a t-test sees an effect, and how many seeds it takes; by the noncentral t distribution, which is exact where
 * values are normally distributed.
 *
 *   paired:    df = n − 1,   δ = d √n           d: difference / SD of the paired differences, n pairs
 *   unpaired:  df = 2n − 2,  δ = d √(n/2)       d: difference / pooled SD, n seeds in each of the two groups
 *   power = P(|T| > t_crit)
 *
 * Source: Cohen 1988, Statistical Power Analysis, chapter 2.
 */
import { noncentralTCdf } from './distributions/noncentralT.ts';
import { twoSidedTQuantile } from './distributions/studentT.ts';

export type PowerQuestion = {
  readonly paired: boolean;
  /** two-sided */
  readonly alpha: number;
  /** to be reached, for example 0.8 */
  readonly power: number;
};

/** More seeds are not looked for. */
export const mostSeeds = 100_000;

export function powerOf(d: number, n: number, { paired, alpha }: Pick<PowerQuestion, 'paired' | 'alpha'>): number {
  const df = paired ? n - 1 : 2 * n - 2;
  const delta = Math.abs(d) * Math.sqrt(paired ? n : n / 2);
  const critical = twoSidedTQuantile(alpha, df);
  return 1 - noncentralTCdf(critical, df, delta) + noncentralTCdf(-critical, df, delta);
}

/** The fewest seeds (pairs, or in each group) with which the power is reached; null: more than `mostSeeds`. */
export function seedsNeeded(d: number, question: PowerQuestion): number | null {
  const enough = (n: number): boolean => powerOf(d, n, question) >= question.power;
  let high = 2;
  while (!enough(high)) {
    high *= 2;
    if (high > mostSeeds) return null;
  }
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
