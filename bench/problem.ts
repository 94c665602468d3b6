/** A network, its weights and a batch of the size of the published reach runs. */
import { publishedPreset } from '../src/app/presets.ts';
import type { EngineState, TrainingSetup } from '../src/core/engines/engine.ts';
import { initialState } from '../src/core/engines/state.ts';
import { TorchRandom } from '../src/core/math/random/torchRandom.ts';
import { tensor, type Tensor } from '../src/core/math/tensor.ts';
import { drawInitialParameters } from '../src/core/models/initialWeights.ts';
import type { NetworkShape } from '../src/core/models/parameters.ts';
import type { LearningRule } from '../src/core/rules/rule.ts';
import type { Batch } from '../src/core/tasks/task.ts';

const shape: NetworkShape = { units: 200, inputs: 3, outputs: 2, activation: 'retanh', alpha: 0.1 };
const trials = 100;
const steps = 300;
const random = TorchRandom.seeded(1);

function draw(features: number): Tensor {
  return tensor([trials, steps, features], random.uniform(trials * steps * features, -1, 1));
}

export const batch: Batch = {
  trials,
  steps,
  input: draw(shape.inputs),
  target: draw(shape.outputs),
  mask: tensor([trials, steps, shape.outputs], new Float32Array(trials * steps * shape.outputs).fill(1)),
};

export const state: EngineState = initialState(
  drawInitialParameters(shape, { initialGain: 1, readoutGain: 1.01 }, 1),
  10,
  'float32',
);

export function setupOf(rule: LearningRule): TrainingSetup {
  return { shape, rule, optimizer: publishedPreset.plan.training.optimizer };
}
