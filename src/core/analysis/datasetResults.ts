/** What a recording says about itself: its dimensionality, and the baseline that models have to beat. */
import type { Dataset } from '../data/dataset.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { NumpyGenerator } from '../math/random/numpyGenerator.ts';
import type { ComparisonMetric } from '../metrics/metric.ts';
import { participationRatio } from '../metrics/participationRatio.ts';
import { procrustes } from '../metrics/procrustes.ts';
import { requireRecorded, samplesByNeurons } from './activityMatrix.ts';
import { conditionAverage } from './levels/conditionAverage.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';

export const baselineId = conditionAverage.id;

export function datasetResults({ activity }: Pick<Dataset, 'activity'>, linear?: LinearAlgebra): Result[] {
  const recording = samplesByNeurons(activity);
  const dimensionality = (): number => {
    requireRecorded(recording);
    return participationRatio.measure(recording, linear);
  };
  return [
    resultOf(participationRatio.id, participationRatio.id, null, dimensionality),
    baselineResult({ activity }, procrustes, linear),
  ];
}

/** Distance of the recording to its own average over conditions, by the settings that the metric carries. */
export function baselineResult(
  dataset: Pick<Dataset, 'activity'>,
  distance: ComparisonMetric,
  linear?: LinearAlgebra,
): Result {
  return resultOf(baselineId, distance.id, distance.defaults, () => {
    requireRecorded(samplesByNeurons(dataset.activity));
    return conditionAverage.estimate({
      dataset,
      compare: (x, y) => distance.compare(samplesByNeurons(x), samplesByNeurons(y), distance.defaults, linear),
      metric: distance,
      draws: 1,
      random: NumpyGenerator.seeded(0), // draws nothing
    });
  });
}
