/** What a spike adds to the steps around it, for every place that it can have in its own step. */
import type { Kernel } from './kernel.ts';

export type StepWeights = {
  /** steps before and after the spike's own that it acts on */
  before: number;
  after: number;
  /** a step is divided into so many parts, between whose edges weights are read along straight lines */
  parts: number;
  /** Hz: edges (parts + 1) × steps (before + 1 + after) */
  values: Float64Array;
};

/** Parts per standard deviation: weights are then right to 1e-7 of the largest. */
const fineness = 2500;
const mostParts = 2 ** 14;

/** A spike a part p into its step gives the step k away from it (K((k + 1 − p) w) − K((k − p) w)) / w. */
export function weightsOf(kernel: Kernel, binMs: number): StepWeights {
  const [before, after] = [Math.ceil(kernel.before / binMs), Math.ceil(kernel.after / binMs)];
  const steps = before + 1 + after;
  const parts = kernel.sdMs > 0 ? Math.min(mostParts, Math.ceil((fineness * binMs) / kernel.sdMs)) : 1;
  const values = new Float64Array((parts + 1) * steps);
  for (let edge = 0; edge <= parts; edge++) {
    for (let k = 0; k < steps; k++) {
      const from = (k - before - edge / parts) * binMs;
      const share = kernel.sdMs > 0 ? kernel.cumulative(from + binMs) - kernel.cumulative(from) : 1;
      values[edge * steps + k] = (1000 * share) / binMs;
    }
  }
  return { before, after, parts, values };
}
