/** The metrics of a run, with the settings that its plan gives them. */
import type { ComparisonMetric, Metric } from '../core/metrics/metric.ts';
import { metrics } from '../core/metrics/index.ts';
import { performanceMetrics } from '../core/metrics/performance.ts';
import type { Performance } from '../core/metrics/performance.ts';
import { procrustes } from '../core/metrics/procrustes.ts';
import { tasks } from '../core/tasks/index.ts';
import type { RunSpec } from './plan.ts';

export function distanceOf({ analysis }: Pick<RunSpec, 'analysis'>): ComparisonMetric {
  return { ...procrustes, defaults: { ...procrustes.defaults, alpha: analysis.alpha } };
}

/** Performance is measured by the metrics that fit the task's loss. */
export function metricsOf(chosen: Pick<RunSpec, 'analysis' | 'task'>): Metric[] {
  const loss = tasks.get(chosen.task.id).loss(chosen.task.settings);
  return metrics.all
    .filter((metric) => metric.kind !== 'performance' || metric.loss === loss)
    .map((metric) => (metric.id === procrustes.id ? distanceOf(chosen) : metric));
}

/** What counts as error and as accuracy of a run. */
export function performanceOf({ task, conventions }: Pick<RunSpec, 'task' | 'conventions'>): Performance {
  return performanceMetrics(tasks.get(task.id).loss(task.settings), conventions);
}
