/** Student's t distribution with df degrees of freedom (any number above 0). */
import { incompleteBeta } from './incompleteBeta.ts';

/** P(|T| ≥ |t|). */
export function twoSidedT(t: number, df: number): number {
  const t2 = t * t;
  if (t2 === Infinity) return 0;
  return incompleteBeta(df / (df + t2), df / 2, 0.5, t2 / (df + t2));
}

/** P(T ≤ t). */
export function tCdf(t: number, df: number): number {
  const tail = twoSidedT(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** The t that |T| exceeds with probability `p`, for 0 < p ≤ 1: 0.05 gives the ends of a 95 % interval. */
export function twoSidedTQuantile(p: number, df: number): number {
  let high = 1;
  while (twoSidedT(high, df) > p) high *= 2;
  let low = 0;
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (twoSidedT(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
