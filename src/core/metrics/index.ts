/** All metrics. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { crossEntropy } from './crossEntropy.ts';
import { fractionCorrect } from './fractionCorrect.ts';
import type { ComparisonMetric, Metric } from './metric.ts';
import { normalizedError } from './normalizedError.ts';
import { participationRatio } from './participationRatio.ts';
import { procrustes } from './procrustes.ts';

const all: readonly Metric[] = [normalizedError, crossEntropy, fractionCorrect, participationRatio, procrustes];

const comparisons = all.filter((metric): metric is ComparisonMetric => metric.kind === 'comparison');

export const metrics = {
  all,
  comparisons,
  get(id: string): Metric {
    const metric = all.find((m) => m.id === id);
    if (metric) return metric;
    const known = all.map((m) => `"${m.id}"`).join(', ');
    throw new LabError('metric.unknown', `Choosing a metric: expected one of ${known}, found "${id}".`);
  },
  /** One that compares two sets of activity. */
  comparison(id: string): ComparisonMetric {
    const metric = comparisons.find((m) => m.id === id);
    if (metric) return metric;
    const known = comparisons.map((m) => `"${m.id}"`).join(', ');
    throw new LabError('metric.unknown', `Choosing a metric to compare by: expected one of ${known}, found "${id}".`);
  },
};
