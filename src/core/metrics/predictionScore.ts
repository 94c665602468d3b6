/** How well targets are predicted: R² or the correlation of each, and its median over targets. */
import { LabError } from '../errors.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { columnMeans } from '../math/linear/principalComponents.ts';

export type Score = 'R2' | 'correlation';

/** y, predicted: samples × targets. Targets that never change have no score and are left out. */
export function medianScore(y: Matrix, predicted: Matrix, score: Score, metric: string): number {
  const scores = [...targetScores(y, predicted, score)].filter((s) => !Number.isNaN(s)).sort((a, b) => a - b);
  const middle = scores.length >> 1;
  if (scores.length > 0) return scores.length % 2 ? scores[middle] : (scores[middle - 1] + scores[middle]) / 2;
  throw new LabError(
    'metric.constant',
    `Measuring ${metric}: expected neurons that vary over the samples scored, found ${y.cols} constant ones. Check the units and conditions chosen.`,
  );
}

/** NaN where the target never changes; a prediction that never changes correlates by 0. */
export function targetScores(y: Matrix, predicted: Matrix, score: Score): Float64Array {
  const [means, meansPredicted] = [columnMeans(y), columnMeans(predicted)];
  return Float64Array.from({ length: y.cols }, (_, j) => {
    let [spread, spreadPredicted, together, errors, size] = [0, 0, 0, 0, 0];
    for (let k = j; k < y.data.length; k += y.cols) {
      const [u, v] = [y.data[k] - means[j], predicted.data[k] - meansPredicted[j]];
      spread += u * u;
      spreadPredicted += v * v;
      together += u * v;
      errors += (y.data[k] - predicted.data[k]) ** 2;
      size += y.data[k] ** 2;
    }
    if (spread <= (y.rows * Number.EPSILON) ** 2 * size) return NaN;
    if (score === 'R2') return 1 - errors / spread;
    return spreadPredicted > 0 ? together / Math.sqrt(spread * spreadPredicted) : 0;
  });
}
