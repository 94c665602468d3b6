/** Which error stands for performance: that on the test set where every run has it, else that on the analysis trials. */
import { normalizedError } from '../metrics/normalizedError.ts';
import type { RunCurve } from './figureInput.ts';

export type PerformanceChoice = { readonly id: string; readonly where: string };

export function performanceOf(curves: readonly RunCurve[]): PerformanceChoice {
  const { id } = normalizedError.onTestSet;
  const everywhere = curves.every((c) => c.points.some((p) => typeof p.values[id] === 'number'));
  return curves.length > 0 && everywhere
    ? { id, where: 'test set' }
    : { id: normalizedError.id, where: 'analysis trials' };
}
