/** What a run's spec and its dataset make of task, network and rule. */
import type { Dataset } from '../core/data/dataset.ts';
import type { Engine, EngineState, TrainingSetup } from '../core/engines/engine.ts';
import { initialState } from '../core/engines/state.ts';
import { streamSeeds } from '../core/math/random/seeds.ts';
import { alphasOf } from '../core/models/alphas.ts';
import type { NetworkShape } from '../core/models/parameters.ts';
import { drawNetwork } from '../core/rules/drawNetwork.ts';
import { rules } from '../core/rules/index.ts';
import { tasks } from '../core/tasks/index.ts';
import type { Task } from '../core/tasks/task.ts';
import { LabError } from '../core/errors.ts';
import type { Wiring } from '../core/models/wiring.ts';
import type { LearningRule } from '../core/rules/rule.ts';
import type { RunSpec } from './plan.ts';

export function poseTask(spec: Pick<RunSpec, 'task' | 'conventions'>, dataset: Dataset): Task {
  return tasks.get(spec.task.id).pose(dataset, spec.task.settings, spec.conventions);
}

/** The run's rule with its settings; throws LabError `rule.*` where they, or the model, do not suit it. */
export function ruleOf({
  rule: id,
  ruleSettings,
  model,
}: Pick<RunSpec, 'rule' | 'ruleSettings' | 'model'>): LearningRule {
  const rule = rules.configured(id, ruleSettings[id]);
  const obstacle = rule.obstacle?.(model) ?? null;
  if (obstacle === null) return rule;
  throw new LabError(
    'rule.model',
    `Choosing ${rule.label} for this network: ${obstacle}. Change the network or the rule.`,
  );
}

/**
 * The wiring with which a checkpoint is analysed. [Note: Density in the analysis] The published analysis builds its network
 * without the missing connections, unless Dale's law is on; so weights that never took part in training do there.
 */
export function analysisWiring({ conventions, model }: Pick<RunSpec, 'conventions' | 'model'>, wiring: Wiring): Wiring {
  return conventions === 'published' && !model.dale ? { ...wiring, mask: null } : wiring;
}

export function networkShape(spec: RunSpec, task: Task): NetworkShape {
  return {
    units: spec.model.units,
    inputs: task.inputLabels.length,
    outputs: task.outputLabels.length,
    activation: spec.model.activation,
    activationSlope: spec.model.activationSlope,
    alpha: alphasOf(spec.model, task.dtMs),
    leak: spec.model.leak,
    dale: spec.model.dale,
  };
}

export function trainingSetup(spec: RunSpec, task: Task): TrainingSetup {
  requireEvenBlocks(spec);
  requireTrials(spec, task);
  return {
    shape: networkShape(spec, task),
    rule: ruleOf(spec),
    loss: task.loss,
    blockPenalty: spec.training.blockPenalty,
    optimizer: spec.training.optimizer,
  };
}

/** [Note: Odd unit] Published, the last of an odd number of units is in no block; corrected, that is refused. */
function requireEvenBlocks({ conventions, model, training }: RunSpec): void {
  if (conventions === 'published' || training.blockPenalty === 0 || model.units % 2 === 0) return;
  throw new LabError(
    'model.blocks',
    `Setting up the block penalty: expected an even number of units, for two blocks of equal size, found ${model.units}. Take one unit more, or the published conventions, which leave the last unit out of both blocks.`,
  );
}

/**
 * The setup with which a network is opened to be looked at. No rule is at work then, and an imported network may lack
 * the wiring that its own needs; BPTT needs none.
 */
export function analysisSetup(spec: RunSpec, task: Task): TrainingSetup {
  const { blockPenalty, optimizer } = spec.training;
  return { shape: networkShape(spec, task), rule: rules.get('bptt'), loss: task.loss, blockPenalty, optimizer };
}

/** Some tasks have one trial per condition in every batch, no more and no fewer. */
function requireTrials({ training: { trials, testTrials } }: RunSpec, { id, fixedTrials }: Task): void {
  if (fixedTrials === undefined) return;
  for (const [what, count] of Object.entries({ trials, testTrials })) {
    if (count === fixedTrials || (what === 'testTrials' && count === 0)) continue;
    throw new LabError(
      'task.trials',
      `Setting up the task "${id}": every batch has each condition once, so training.${what} has to be ${fixedTrials}${what === 'testTrials' ? ' (or 0: none)' : ''}, found ${count}. Change it, or let the task draw random conditions (task setting draw).`,
    );
  }
}

export function firstState(spec: RunSpec, shape: NetworkShape, engine: Engine): EngineState {
  const { parameters, wiring } = drawNetwork(ruleOf(spec), shape, spec.model, spec.seed, spec.conventions);
  const { rule: ruleSeed } = streamSeeds(spec.seed);
  return initialState(parameters, spec.training.activityPenalty, engine.precision, wiring, ruleSeed);
}
