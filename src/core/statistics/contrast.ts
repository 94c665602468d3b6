/**
 * What is estimated: a mean, or a difference of means. One sample per term, added or taken off:
 *
 *   estimate = Σₖ signₖ x̄ₖ        variance of it = Σₖ sₖ²/nₖ
 */
import { meanOf, sdOf } from './summary.ts';

export type Contrast = readonly { readonly sign: 1 | -1; readonly values: readonly number[] }[];

export const meanContrast = (values: readonly number[]): Contrast => [{ sign: 1, values }];

export const differenceContrast = (a: readonly number[], b: readonly number[]): Contrast => [
  { sign: 1, values: a },
  { sign: -1, values: b },
];

export function estimateOf(contrast: Contrast): number {
  return contrast.reduce((sum, { sign, values }) => sum + sign * meanOf(values), 0);
}

export type StandardError = { readonly value: number; readonly df: number };

/**
 * Of one sample: s/√n with n − 1 degrees of freedom; of two: Welch's, which allow unequal spread. Null where a sample has
 * fewer than two values, or none of them differ.
 * Source: Welch 1947, Biometrika 34:28; Satterthwaite 1946.
 */
export function standardError(contrast: Contrast): StandardError | null {
  if (contrast.some(({ values }) => values.length < 2)) return null;
  const parts = contrast.map(({ values }) => ({ variance: sdOf(values) ** 2 / values.length, df: values.length - 1 }));
  const variance = parts.reduce((sum, p) => sum + p.variance, 0);
  const largest = Math.max(...contrast.flatMap(({ values }) => values.map(Math.abs)));
  if (Math.sqrt(variance) <= 1e-14 * largest) return null; // equal but for rounding
  return {
    value: Math.sqrt(variance),
    df: variance ** 2 / parts.reduce((sum, p) => sum + p.variance ** 2 / p.df, 0),
  };
}
