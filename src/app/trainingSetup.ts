/** What a run's spec and its dataset make of task, network and rule. */
import type { Dataset } from '../core/data/dataset.ts';
import type { Engine, EngineState, TrainingSetup } from '../core/engines/engine.ts';
import { initialState } from '../core/engines/state.ts';
import { drawInitialParameters } from '../core/models/initialWeights.ts';
import type { NetworkShape } from '../core/models/parameters.ts';
import { drawWiring } from '../core/rules/drawWiring.ts';
import { rules } from '../core/rules/index.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import type { RunSpec } from './plan.ts';

export function poseTask(spec: Pick<RunSpec, 'task'>, dataset: Dataset): Task {
  return tasks.get(spec.task.id).pose(dataset, spec.task.settings);
}

export function networkShape(spec: RunSpec, task: Task): NetworkShape {
  return {
    units: spec.model.units,
    inputs: task.inputLabels.length,
    outputs: task.outputLabels.length,
    activation: spec.model.activation,
    alpha: task.dtMs / spec.model.tauMs,
    leak: 'preactivation',
    dale: false,
  };
}

export function trainingSetup(spec: RunSpec, task: Task): TrainingSetup {
  return {
    shape: networkShape(spec, task),
    rule: rules.get(spec.rule),
    loss: 'mean-squared-error',
    blockPenalty: 0,
    optimizer: spec.training.optimizer,
  };
}

export function firstState(spec: RunSpec, shape: NetworkShape, engine: Engine): EngineState {
  const parameters = drawInitialParameters(shape, spec.model, spec.seed);
  const wiring = drawWiring(rules.get(spec.rule), shape, spec.seed);
  return initialState(parameters, spec.training.activityPenalty, engine.precision, wiring);
}
