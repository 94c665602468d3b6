/** The numbers of a measure: of a network's activity, and of the levels that it is read against. */
import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import type { Network } from '../engines/engine.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { NumpyRandom } from '../math/random/numpyRandom.ts';
import type { Tensor } from '../math/tensor.ts';
import { byCondition } from '../metrics/conditions.ts';
import type { Task } from '../tasks/task.ts';
import { activityMatrix, requireRecorded, samplesByNeurons } from './activityMatrix.ts';
import { levels } from './levels/index.ts';
import { comparerOf } from './measure.ts';
import type { Measure } from './measure.ts';
import { plain } from './protocols/plain.ts';
import { protocols } from './protocols/index.ts';
import { resultOf } from './result.ts';
import type { Measured, Result } from './result.ts';

type Recording = Pick<Dataset, 'activity'>;

/** By part of the measure's protocol. A metric simply applied gives the very result of a run's own analysis. */
export function measureNetwork(
  network: Pick<Network, 'forward'>,
  task: Pick<Task, 'analysis'>,
  { activity: recorded }: Recording,
  measure: Measure,
  linear?: LinearAlgebra,
): Record<string, Result> {
  const { rates } = network.forward(task.analysis.batch.input);
  const measured = attempt(() => {
    const recording = samplesByNeurons(recorded);
    requireRecorded(recording);
    return applyMeasure(activityMatrix(rates, task.analysis), recording, recorded.shape[2], measure, linear);
  });
  const { settings } = comparerOf(measure);
  const results = protocols.get(measure.protocol).parts.map(({ id: part }) => {
    const id = measure.protocol === plain.id ? measure.metric : part;
    const result = resultOf(id, measure.metric, settings, () => {
      if (measured instanceof LabError) throw measured;
      return measured[part];
    });
    return [part, result] as const;
  });
  return Object.fromEntries(results);
}

/** The level's number under the measure, in place of a network's. */
export function measureLevel(dataset: Recording, level: string, measure: Measure, linear?: LinearAlgebra): Result {
  const { settings } = comparerOf(measure);
  const [shown] = protocols.get(measure.protocol).parts;
  return resultOf(level, measure.metric, settings, () => {
    requireRecorded(samplesByNeurons(dataset.activity));
    return levels.get(level).estimate({
      dataset,
      compare: (x, y) => applyMeasure(x, y, dataset.activity.shape[2], measure, linear)[shown.id].value,
      draws: measure.draws,
      random: NumpyRandom.seeded(measure.seed),
    });
  });
}

function applyMeasure(
  activity: Tensor,
  recording: Tensor,
  conditions: number,
  measure: Measure,
  linear?: LinearAlgebra,
): Readonly<Record<string, Measured>> {
  return protocols.get(measure.protocol).apply({
    activity: byCondition(activity, conditions),
    recording: byCondition(recording, conditions),
    comparer: comparerOf(measure, linear),
    draws: measure.draws,
    random: NumpyRandom.seeded(measure.seed),
  });
}

function attempt<T>(act: () => T): T | LabError {
  try {
    return act();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}
