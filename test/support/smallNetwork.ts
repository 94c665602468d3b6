/** A small network on a task that needs no recording, trained by BPTT: it learns within some hundred updates. */
import type { DatasetId, RunSpec } from '../../src/app/plan.ts';
import { quickPreset } from '../../src/app/presets.ts';
import { firstState, poseTask, trainingSetup } from '../../src/app/trainingSetup.ts';
import type { Engine, Network } from '../../src/core/engines/engine.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import type { Task } from '../../src/core/tasks/task.ts';

/** Clipped, so that a spike of the loss at this learning rate, which rounding decides, does not decide the test. */
const steps = { learningRate: 5e-3, clipNorm: 0.3 };

export function smallNetwork(
  engine: Engine,
  id: string,
  settings: Record<string, unknown>,
): { task: Task; network: Network } {
  const { model, training, ...rest } = quickPreset.plan;
  const spec: RunSpec = {
    ...rest,
    dataset: 'none' as DatasetId,
    task: { id, settings },
    model: { ...model, units: 48 },
    rule: 'bptt',
    ruleSettings: {},
    seed: 1,
    training: { ...training, activityPenalty: 0, optimizer: { ...training.optimizer, ...steps } },
  };
  const task = poseTask(spec, tasks.alone(id, settings));
  const setup = trainingSetup(spec, task);
  return { task, network: engine.open(setup, firstState(spec, setup.shape, engine)) };
}
