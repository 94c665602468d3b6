/** What a recording says about itself: its dimensionality, and the baseline that models have to beat. */
import type { Dataset } from '../data/dataset.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { ComparisonMetric } from '../metrics/metric.ts';
import { participationRatio } from '../metrics/participationRatio.ts';
import { procrustes } from '../metrics/procrustes.ts';
import { crossConditionAverage, samplesByNeurons } from './activityMatrix.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';

export const baselineId = 'crossConditionAverage';

export function datasetResults({ activity }: Pick<Dataset, 'activity'>): Result[] {
  const recording = samplesByNeurons(activity);
  return [
    resultOf(participationRatio.id, participationRatio.id, null, () => participationRatio.measure(recording)),
    baselineResult({ activity }, procrustes),
  ];
}

/** Distance of the recording to its own average over conditions, by the settings that the metric carries. */
export function baselineResult(
  { activity }: Pick<Dataset, 'activity'>,
  distance: ComparisonMetric,
  linear?: LinearAlgebra,
): Result {
  const averaged = samplesByNeurons(crossConditionAverage(activity));
  return resultOf(baselineId, distance.id, distance.defaults, () =>
    distance.compare(averaged, samplesByNeurons(activity), distance.defaults, linear),
  );
}
