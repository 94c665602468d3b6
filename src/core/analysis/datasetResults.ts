/** What a recording says about itself: its dimensionality, and the baseline that models have to beat. */
import type { Dataset } from '../data/dataset.ts';
import { participationRatio } from '../metrics/participationRatio.ts';
import { procrustes } from '../metrics/procrustes.ts';
import { crossConditionAverage, samplesByNeurons } from './activityMatrix.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';

export const baselineId = 'crossConditionAverage';

export function datasetResults({ activity }: Pick<Dataset, 'activity'>): Result[] {
  const recording = samplesByNeurons(activity);
  const averaged = samplesByNeurons(crossConditionAverage(activity));
  return [
    resultOf(participationRatio.id, participationRatio.id, null, () => participationRatio.measure(recording)),
    resultOf(baselineId, procrustes.id, procrustes.defaults, () => procrustes.compare(averaged, recording)),
  ];
}
