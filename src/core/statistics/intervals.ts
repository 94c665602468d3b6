/**
 * Confidence intervals of a mean, or of a difference of means.
 *
 * Bootstrap: every sample is drawn anew from itself, with replacement, `draws` times; the spread of the estimates stands for
 * its uncertainty. `percentile` takes their quantiles as they are, `bca` corrects the quantiles for bias and skewness:
 *
 *   z0 = Φ⁻¹(share of estimates below the observed one, ties counted half)
 *   a  = ⅙ Σₖᵢ signₖ (xₖᵢ − x̄ₖ)³/nₖ³ / ( Σₖᵢ (xₖᵢ − x̄ₖ)²/nₖ² )^(3/2)                      the jackknife's, for means
 *   ends at the quantiles Φ( z0 + (z0 ± z)/(1 − a (z0 ± z)) )
 *
 * `t`: estimate ± t · standard error, exact where values are normally distributed. With few seeds the bootstrap's intervals
 * are too short, since a sample of n varies less than what it was drawn from: see `bootstrapCoverage`.
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapters 13 and 14; Efron 1987, J. Am. Stat. Assoc. 82:171.
 */
import { NumpyRandom } from '../math/random/numpyRandom.ts';
import { estimateOf, standardError } from './contrast.ts';
import type { Contrast } from './contrast.ts';
import { normalCdf, normalQuantile } from './distributions/normal.ts';
import { twoSidedT, twoSidedTQuantile } from './distributions/studentT.ts';
import { meanOf, quantileOf } from './summary.ts';

export const intervalKinds = ['bca', 'percentile', 't'] as const;
export type IntervalKind = (typeof intervalKinds)[number];

export const intervalLabels: Readonly<Record<IntervalKind, string>> = {
  bca: 'BCa bootstrap',
  percentile: 'percentile bootstrap',
  t: 't interval',
};

export type Interval = { readonly low: number; readonly high: number };
/** Null where there is none: fewer than two seeds, or no spread at all. */
export type Intervals = Readonly<Record<IntervalKind, Interval | null>>;

export type IntervalSettings = {
  /** for example 0.95 */
  readonly confidence: number;
  readonly draws: number;
  /** of the stream (NumpyRandom) that draws; every estimate starts it anew, so none depends on which others are asked for */
  readonly seed: number;
};

export function intervalsOf(contrast: Contrast, settings: IntervalSettings): Intervals {
  const error = standardError(contrast);
  if (error === null) return { bca: null, percentile: null, t: null };
  const estimate = estimateOf(contrast);
  const estimates = bootstrapEstimates(contrast, settings);
  return {
    bca: bcaInterval(estimates, estimate, acceleration(contrast), settings.confidence),
    percentile: percentileInterval(estimates, settings.confidence),
    t: tInterval(estimate, error, settings.confidence),
  };
}

/** One of them alone, the same as among all. */
export function intervalOf(contrast: Contrast, kind: IntervalKind, settings: IntervalSettings): Interval | null {
  if (kind !== 't') return intervalsOf(contrast, settings)[kind];
  const error = standardError(contrast);
  return error === null ? null : tInterval(estimateOf(contrast), error, settings.confidence);
}

function tInterval(estimate: number, error: { df: number; value: number }, confidence: number): Interval {
  const reach = twoSidedTQuantile(1 - confidence, error.df) * error.value;
  return { low: estimate - reach, high: estimate + reach };
}

/** Sorted. */
export function bootstrapEstimates(contrast: Contrast, { draws, seed }: IntervalSettings): Float64Array {
  const random = NumpyRandom.seeded(seed);
  const estimates = new Float64Array(draws);
  for (let d = 0; d < draws; d++) {
    for (const { sign, values } of contrast) {
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += values[random.randint(0, values.length)];
      estimates[d] += (sign * sum) / values.length;
    }
  }
  return estimates.sort();
}

export function percentileInterval(sorted: Float64Array, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return { low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) };
}

export function bcaInterval(sorted: Float64Array, estimate: number, a: number, confidence: number): Interval {
  // equal sums added up in another order differ by rounding
  const width = 1e-12 * Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  const below = sorted.filter((v) => v < estimate - width).length;
  const upTo = sorted.filter((v) => v <= estimate + width).length;
  const z0 = normalQuantile((below + upTo) / (2 * sorted.length));
  const end = (z: number): number => quantileOf(sorted, normalCdf(z0 + (z0 + z) / (1 - a * (z0 + z))));
  const z = normalQuantile((1 + confidence) / 2);
  return { low: end(-z), high: end(z) };
}

export function acceleration(contrast: Contrast): number {
  const moment = (power: 2 | 3): number =>
    contrast.reduce((sum, { sign, values }) => {
      const mean = meanOf(values);
      return sum + values.reduce((s, v) => s + (sign * (v - mean)) ** power, 0) / values.length ** power;
    }, 0);
  return moment(3) / (6 * moment(2) ** 1.5);
}

/**
 * How often a bootstrap interval of the mean of n normal values holds the true mean, about: it spans z √((n − 1)/n) standard
 * errors to each side, where t of n − 1 degrees of freedom would be right. Of two values it spans their range, which holds the
 * mean half of the time.
 */
export function bootstrapCoverage(n: number, confidence: number): number {
  if (n === 2) return 0.5;
  return 1 - twoSidedT(normalQuantile((1 + confidence) / 2) * Math.sqrt((n - 1) / n), n - 1);
}
