/**
 * The t distribution when there is an effect: T = (Z + δ) / √(χ²/df).
 *
 *   P(T ≤ t) = Φ(−δ) + ½ Σⱼ [ pⱼ I_x(j + ½, df/2) + qⱼ I_x(j + 1, df/2) ]        t ≥ 0, x = t²/(df + t²)
 *   pⱼ = e^(−λ) λʲ / j!,   qⱼ = δ/√2 · e^(−λ) λʲ / Γ(j + 3/2),   λ = δ²/2
 *
 * Source: Lenth 1989, Appl. Statist. 38:185 (AS 243); I_x from the last term downwards, where each step adds.
 */
import { logGamma } from './gamma.ts';
import { incompleteBeta, logBetaPower } from './incompleteBeta.ts';
import { normalCdf } from './normal.ts';
import { tCdf } from './studentT.ts';

export function noncentralTCdf(t: number, df: number, delta: number): number {
  if (delta === 0) return tCdf(t, df);
  if (t < 0) return 1 - noncentralTCdf(-t, df, -delta);
  const lambda = (delta * delta) / 2;
  const x = (t * t) / (df + t * t);
  const y = df / (df + t * t);
  const reach = 9 * Math.sqrt(lambda) + 30;
  const last = Math.ceil(lambda + reach);
  const first = Math.max(0, Math.floor(lambda - reach));
  const b = df / 2;
  let [atHalf, atWhole] = [incompleteBeta(x, last + 0.5, b, y), incompleteBeta(x, last + 1, b, y)];
  let sum = 0;
  for (let j = last; j >= first; j--) {
    const poisson = j * Math.log(lambda) - lambda;
    sum += Math.exp(poisson - logGamma(j + 1)) * atHalf;
    sum += (delta / Math.SQRT2) * Math.exp(poisson - logGamma(j + 1.5)) * atWhole;
    if (j > 0 && x > 0) {
      atHalf += Math.exp(logBetaPower(x, j - 0.5, b, y)) / (j - 0.5);
      atWhole += Math.exp(logBetaPower(x, j, b, y)) / j;
    }
  }
  return Math.min(1, Math.max(0, normalCdf(-delta) + sum / 2));
}

/** The δ under which P(T ≤ t) = p, for 0 < p < 1: the greater δ, the smaller p. */
export function noncentralityOf(t: number, df: number, p: number): number {
  let width = 1;
  while (noncentralTCdf(t, df, t - width) < p) width *= 2;
  let low = t - width;
  width = 1;
  while (noncentralTCdf(t, df, t + width) > p) width *= 2;
  let high = t + width;
  for (let i = 0; i < 60 && high - low > 1e-10 * (1 + Math.abs(low)); i++) {
    const middle = (low + high) / 2;
    if (noncentralTCdf(t, df, middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
