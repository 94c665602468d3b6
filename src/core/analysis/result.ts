/** One number of an analysis, or the reason why there is none. */
import { LabError } from '../errors.ts';

export type Result = {
  /** what was measured: the metric's id, or its id on the test set */
  readonly id: string;
  /** the metric that measured it */
  readonly metric: string;
  /** the metric's settings; null where it has none */
  readonly settings: unknown;
  readonly value: number | null;
  /** why the value is null, in words for the user */
  readonly reason: string | null;
};

/** A metric's refusal becomes the reason; any other failure is a fault of the program and passes on. */
export function resultOf(id: string, metric: string, settings: unknown, measure: () => number): Result {
  try {
    return { id, metric, settings, value: measure(), reason: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { id, metric, settings, value: null, reason: error.message };
  }
}
