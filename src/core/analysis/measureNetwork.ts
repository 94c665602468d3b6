/** The numbers of a measure: of a network's activity, and of the levels that it is read against. */
import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import type { Network } from '../engines/engine.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { NumpyGenerator } from '../math/random/numpyGenerator.ts';
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

type Recording = Pick<Dataset, 'activity' | 'singleTrials'>;

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
    const activity = activityMatrix(rates, task.analysis);
    const sets = { activity, recording, conditions: recorded.shape[2], sameNeurons: false };
    return applyMeasure(sets, measure, NumpyGenerator.seeded(measure.seed), linear);
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
export function measureLevel(dataset: Recording, id: string, measure: Measure, linear?: LinearAlgebra): Result {
  const { metric, settings } = comparerOf(measure);
  const { parts, fixedLevels } = protocols.get(measure.protocol);
  return resultOf(id, measure.metric, settings, () => {
    requireRecorded(samplesByNeurons(dataset.activity));
    const fixed = fixedLevels?.[id];
    if (typeof fixed === 'number') return fixed;
    if (typeof fixed === 'string') throw new LabError('level.protocol', fixed);
    const level = levels.get(id);
    const random = NumpyGenerator.seeded(measure.seed);
    // each draw of the level is one of the protocol too
    const application = { ...measure, draws: level.random ? 1 : measure.draws };
    return level.estimate({
      dataset,
      compare(x, y) {
        const sets = { activity: samplesByNeurons(x), recording: samplesByNeurons(y), conditions: y.shape[2] };
        const sameNeurons = level.sameNeurons;
        return applyMeasure({ ...sets, sameNeurons }, application, random, linear)[parts[0].id].value;
      },
      metric,
      draws: measure.draws,
      random,
    });
  });
}

type Sets = {
  /** samples × units each */
  readonly activity: Tensor;
  readonly recording: Tensor;
  readonly conditions: number;
  readonly sameNeurons: boolean;
};

function applyMeasure(
  { activity, recording, conditions, sameNeurons }: Sets,
  measure: Measure,
  random: NumpyGenerator,
  linear?: LinearAlgebra,
): Readonly<Record<string, Measured>> {
  return protocols.get(measure.protocol).apply({
    activity: byCondition(activity, conditions),
    recording: byCondition(recording, conditions),
    sameNeurons,
    comparer: comparerOf(measure, linear),
    draws: measure.draws,
    random,
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
