/** Settings of a metric, checked against their description. */
import { LabError } from '../errors.ts';
import { valuesFor } from '../tasks/settings.ts';
import type { ComparisonMetric } from './metric.ts';

/** What is given, the rest at its defaults. Throws LabError `metric.settings` for what the metric does not know or allow. */
export function readMetricSettings<S>(metric: Pick<ComparisonMetric<S>, 'label' | 'settings'>, given: unknown): S {
  return valuesFor(metric.settings, given, (expected, found) => {
    throw new LabError(
      'metric.settings',
      `Setting up the metric "${metric.label}": expected ${expected}, found ${found}.`,
    );
  }) as S;
}
