/** The metrics of a run, with the settings that its plan gives them. */
import type { ComparisonMetric, Metric } from '../core/metrics/metric.ts';
import { metrics } from '../core/metrics/index.ts';
import { procrustes } from '../core/metrics/procrustes.ts';
import type { RunSpec } from './plan.ts';

type Chosen = Pick<RunSpec, 'analysis'>;

export function distanceOf({ analysis }: Chosen): ComparisonMetric {
  return { ...procrustes, defaults: { ...procrustes.defaults, alpha: analysis.alpha } };
}

export function metricsOf(chosen: Chosen): Metric[] {
  return metrics.all.map((metric) => (metric.id === procrustes.id ? distanceOf(chosen) : metric));
}
