/** Distances between all pairs of a list of activities, by one metric. */
import { LabError } from '../errors.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import type { Tensor } from '../math/tensor.ts';
import type { ComparisonMetric } from '../metrics/metric.ts';

/** Place of a pair, i < j < n, among all in order: (0, 1), (0, 2), …, (n − 2, n − 1). */
export function pairPlace(i: number, j: number, n: number): number {
  return i * n - (i * (i + 1)) / 2 + (j - i - 1);
}

export function pairCount(n: number): number {
  return (n * (n - 1)) / 2;
}

/** Only what is 0 for the same and grows with difference is a distance. Throws LabError `view.metric`. */
export function requireDistance({ id, label, better, symmetric }: ComparisonMetric): void {
  if (better === 'lower' && symmetric) return;
  throw new LabError(
    'view.metric',
    `Embedding by "${id}": ${label} ${better === 'lower' ? 'depends on which of two activities comes first' : 'is higher where activities are more alike'}. Choose a metric that is a distance.`,
  );
}

/**
 * Fills in the pairs that are NaN. activities: samples × units each, the same samples in the same order; tell: told every
 * pair found, with its place.
 */
export function findPairDistances(
  activities: readonly Tensor[],
  known: Float64Array,
  metric: ComparisonMetric,
  linear: LinearAlgebra,
  tell: (place: number, value: number) => void,
): Float64Array {
  const found = known.slice();
  const n = activities.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const place = pairPlace(i, j, n);
      if (!Number.isNaN(found[place])) continue;
      found[place] = metric.compare(activities[i], activities[j], metric.defaults, linear);
      tell(place, found[place]);
    }
  }
  return found;
}

/** n × n, symmetric, zeros on the diagonal. */
export function distanceMatrix(pairs: Float64Array, n: number): Matrix {
  const out = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) out.data[i * n + j] = out.data[j * n + i] = pairs[pairPlace(i, j, n)];
  }
  return out;
}
