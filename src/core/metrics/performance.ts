/** Which metric stands for how well a task is done. */
import type { LossId } from '../tasks/task.ts';
import { crossEntropy } from './crossEntropy.ts';
import { fractionCorrect } from './fractionCorrect.ts';
import type { PerformanceMetric } from './metric.ts';
import { normalizedError } from './normalizedError.ts';

/** error: lower is better; accuracy: what rules are compared at, see its `accuracy` for how it is read. */
export type Performance = { readonly error: PerformanceMetric; readonly accuracy: PerformanceMetric };

/**
 * [Note: Accuracy of choices] The published analysis calls 1 − cross-entropy the accuracy of a choice, which is below 0 for
 * untrained networks; corrected, it is the fraction of correct choices.
 */
export function performanceMetrics(loss: LossId, conventions: 'published' | 'corrected'): Performance {
  if (loss === 'mean-squared-error') return { error: normalizedError, accuracy: normalizedError };
  return { error: crossEntropy, accuracy: conventions === 'published' ? crossEntropy : fractionCorrect };
}
