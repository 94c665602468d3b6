/** Which result stands for performance: that on the test set where every run has it, else that on the analysis trials. */
import type { PerformanceMetric } from '../metrics/metric.ts';
import type { RunCurve } from './figureInput.ts';

export type PerformanceChoice = { readonly id: string; readonly where: string };

export function resultOfMetric({ id, onTestSet }: PerformanceMetric, curves: readonly RunCurve[]): PerformanceChoice {
  const everywhere = curves.every((c) => c.points.some((p) => typeof p.values[onTestSet.id] === 'number'));
  return curves.length > 0 && everywhere ? { id: onTestSet.id, where: 'test set' } : { id, where: 'analysis trials' };
}
