import { estimateOf, standardError } from './contrast.ts';
import type { Contrast } from './contrast.ts';
import { twoSidedT } from './distributions/studentT.ts';

export type TTest = { readonly t: number; readonly df: number; readonly p: number };

/**
 * Two-sided test that an estimate is 0: t = estimate / standard error. Of one sample of differences it is the paired test, of
 * two samples Welch's. Null where there is no standard error to divide by.
 */
export function tTest(contrast: Contrast): TTest | null {
  const error = standardError(contrast);
  if (error === null) return null;
  const t = estimateOf(contrast) / error.value;
  return { t, df: error.df, p: twoSidedT(t, error.df) };
}
