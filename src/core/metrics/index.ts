/** All metrics. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { crossEntropy } from './crossEntropy.ts';
import { fractionCorrect } from './fractionCorrect.ts';
import type { Metric } from './metric.ts';
import { normalizedError } from './normalizedError.ts';
import { participationRatio } from './participationRatio.ts';
import { procrustes } from './procrustes.ts';

const all: readonly Metric[] = [normalizedError, crossEntropy, fractionCorrect, participationRatio, procrustes];

export const metrics = {
  all,
  get(id: string): Metric {
    const metric = all.find((m) => m.id === id);
    if (metric) return metric;
    const known = all.map((m) => `"${m.id}"`).join(', ');
    throw new LabError('metric.unknown', `Choosing a metric: expected one of ${known}, found "${id}".`);
  },
};
