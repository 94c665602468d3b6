/** One number of an analysis, or the reason why there is none. */
import { LabError } from '../errors.ts';
import { meanOf, sdOf } from '../statistics/summary.ts';

/** sd: standard deviation over the draws, where it is a mean of several */
export type Measured = { readonly value: number; readonly sd?: number; readonly draws?: number };

/** Mean and standard deviation (n − 1) of what every draw gave. */
export function meanOverDraws(values: readonly number[]): Measured {
  const [value, draws] = [meanOf(values), values.length];
  return draws > 1 ? { value, sd: sdOf(values), draws } : { value, draws };
}

export type Result = {
  /** what was measured: the metric's id, or its id on the test set, or a level's */
  readonly id: string;
  /** the metric that measured it */
  readonly metric: string;
  /** the metric's settings; null where it has none */
  readonly settings: unknown;
  readonly value: number | null;
  /** over the draws that the value is the mean of; absent: nothing was drawn */
  readonly sd?: number;
  readonly draws?: number;
  /** why the value is null, in words for the user */
  readonly reason: string | null;
};

/** A metric's refusal becomes the reason; any other failure is a fault of the program and passes on. */
export function resultOf(id: string, metric: string, settings: unknown, measure: () => number | Measured): Result {
  try {
    const measured = measure();
    const numbers = typeof measured === 'number' ? { value: measured } : measured;
    return { id, metric, settings, ...numbers, reason: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { id, metric, settings, value: null, reason: error.message };
  }
}
