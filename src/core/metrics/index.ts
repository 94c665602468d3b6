/** All metrics. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { cca } from './cca.ts';
import { cka } from './cka.ts';
import { crossEntropy } from './crossEntropy.ts';
import { dsa } from './dsa.ts';
import { fractionCorrect } from './fractionCorrect.ts';
import type { ComparisonMetric, Metric } from './metric.ts';
import { linearPredictivity } from './linearPredictivity.ts';
import { metricCka } from './metricCka.ts';
import { normalizedError } from './normalizedError.ts';
import { participationRatio } from './participationRatio.ts';
import { procrustes } from './procrustes.ts';
import { procrustesSize } from './procrustesSize.ts';
import { rsa } from './rsa.ts';

/** Computed for every checkpoint of every run. */
const all: readonly Metric[] = [normalizedError, crossEntropy, fractionCorrect, participationRatio, procrustes];

/** Two sets of activity can be compared by. */
const comparisons: readonly ComparisonMetric[] = [
  procrustes,
  procrustesSize,
  cka,
  metricCka,
  cca,
  rsa,
  linearPredictivity,
  dsa,
];

export const metrics = {
  all,
  comparisons,
  get(id: string): Metric {
    return find(new Set([...all, ...comparisons]), id);
  },
  /** One that compares two sets of activity. */
  comparison(id: string): ComparisonMetric {
    return find(new Set(comparisons), id);
  },
};

function find<M extends Metric>(among: ReadonlySet<M>, id: string): M {
  for (const metric of among) if (metric.id === id) return metric;
  const known = [...among].map((m) => `"${m.id}"`).join(', ');
  throw new LabError('metric.unknown', `Choosing a metric: expected one of ${known}, found "${id}".`);
}
