/**
 * A difference in units of spread, with its confidence interval from the noncentral t distribution: the ends are the effects
 * under which the observed t would lie at the quantile of either tail.
 *
 *   paired:    d_z = mean(d) / SD(d)                                             δ = d_z √n
 *   unpaired:  g   = J · (x̄ − ȳ) / SD pooled,  J = Γ(df/2) / (√(df/2) Γ((df − 1)/2))    δ = (g/J) √(n m / (n + m))
 *
 * J takes off the excess that few seeds give to g. d_z is given as it is: with few seeds it comes out too large.
 * Source: Cohen 1988, Statistical Power Analysis; Hedges 1981, J. Educ. Stat. 6:107; Cumming & Finch 2001, Educ. Psychol.
 * Meas. 61:532.
 */
import { logGamma } from './distributions/gamma.ts';
import { noncentralityOf } from './distributions/noncentralT.ts';
import type { Interval } from './intervals.ts';
import { meanOf, sdOf } from './summary.ts';

export type EffectSize = Interval & { readonly kind: 'd_z' | 'g'; readonly value: number };

/** Null where the differences are fewer than two or do not vary. */
export function pairedEffect(differences: readonly number[], confidence: number): EffectSize | null {
  const n = differences.length;
  const [mean, sd] = [meanOf(differences), sdOf(differences)];
  if (!varies(sd, differences)) return null;
  return effect('d_z', mean / sd, 1, Math.sqrt(n), n - 1, confidence);
}

/** Null where a sample has fewer than two values, or neither varies. */
export function unpairedEffect(a: readonly number[], b: readonly number[], confidence: number): EffectSize | null {
  if (a.length < 2 || b.length < 2) return null;
  const df = a.length + b.length - 2;
  const sd = pooledSd(a, b);
  if (!varies(sd, [...a, ...b])) return null;
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return effect('g', (meanOf(a) - meanOf(b)) / sd, smallSampleFactor(df), root, df, confidence);
}

/** Hedges's J for df ≥ 2; it goes to 1 as df grows. */
export function smallSampleFactor(df: number): number {
  return Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2);
}

/** At least two values each. */
export function pooledSd(a: readonly number[], b: readonly number[]): number {
  const squares = [a, b].reduce((sum, v) => sum + (v.length - 1) * sdOf(v) ** 2, 0);
  return Math.sqrt(squares / (a.length + b.length - 2));
}

function effect(
  kind: EffectSize['kind'],
  d: number,
  factor: number,
  root: number,
  df: number,
  confidence: number,
): EffectSize {
  const tail = (1 - confidence) / 2;
  const end = (p: number): number => (factor * noncentralityOf(d * root, df, p)) / root;
  return { kind, value: factor * d, low: end(1 - tail), high: end(tail) };
}

function varies(sd: number, values: readonly number[]): boolean {
  return sd > 1e-14 * Math.max(...values.map(Math.abs));
}
