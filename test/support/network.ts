/** Small networks and batches for tests of engines and rules. */
import type { Engine, Network, OptimizerSettings, TrainingSetup } from '../../src/core/engines/engine.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { copyOf, sizeOf, tensor, type Tensor } from '../../src/core/math/tensor.ts';
import type { ActivationId } from '../../src/core/models/activations.ts';
import { mapParameters, parameterNames, type NetworkShape, type Parameters } from '../../src/core/models/parameters.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import type { Batch } from '../../src/core/tasks/task.ts';

export const smallShape: NetworkShape = { units: 9, inputs: 3, outputs: 2, activation: 'tanh', alpha: 0.2 };

export const adam: OptimizerSettings = {
  kind: 'adam',
  learningRate: 1e-2,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: null,
};

/** Normal values times `scale`. */
export function randomTensor(shape: number[], seed: number, scale = 1): Tensor<Float64Array> {
  const values = TorchRandom.seeded(seed).randn(sizeOf(shape));
  return tensor(
    shape,
    Float64Array.from(values, (v) => scale * v),
  );
}

/** Every parameter random, none zero, so that each takes part in what is tested. */
export function randomParameters({ units, inputs, outputs }: NetworkShape, seed: number): Parameters {
  return {
    a0: randomTensor([units], seed, 0.5),
    Win: randomTensor([units, inputs], seed + 1, 0.7),
    Wrec: randomTensor([units, units], seed + 2, 1.5 / Math.sqrt(units)),
    b: randomTensor([units], seed + 3, 0.3),
    Wout: randomTensor([outputs, units], seed + 4, 1),
    bout: randomTensor([outputs], seed + 5, 0.3),
  };
}

/** Random input and target; about a third of the targets do not count. */
export function randomBatch({ inputs, outputs }: NetworkShape, trials: number, steps: number, seed: number): Batch {
  const mask = randomTensor([trials, steps, outputs], seed + 2);
  return {
    trials,
    steps,
    input: randomTensor([trials, steps, inputs], seed),
    target: randomTensor([trials, steps, outputs], seed + 1),
    mask: tensor(
      mask.shape,
      mask.data.map((v) => (v > -0.4 ? 1 : 0)),
    ),
  };
}

export function openNetwork(
  rule: LearningRule,
  parameters: Parameters,
  options: {
    activation?: ActivationId;
    alpha?: number;
    activityPenalty?: number;
    optimizer?: Partial<OptimizerSettings>;
    engine?: Engine;
  } = {},
): Network {
  const engine = options.engine ?? referenceEngine;
  const setup: TrainingSetup = {
    shape: {
      units: parameters.Wrec.shape[0],
      inputs: parameters.Win.shape[1],
      outputs: parameters.Wout.shape[0],
      activation: options.activation ?? 'tanh',
      alpha: options.alpha ?? 0.2,
    },
    rule,
    optimizer: { ...adam, ...options.optimizer },
  };
  return engine.open(setup, initialState(parameters, options.activityPenalty ?? 0.5, engine.precision));
}

/** The parameters with one number changed. */
export function nudged(p: Parameters, name: keyof Parameters, index: number, by: number): Parameters {
  return mapParameters(p, (t, other) => {
    const copy = copyOf(t);
    if (other === name) copy.data[index] += by;
    return copy;
  });
}

/** Cosine of the angle between two gradients, over the parameters named. */
export function cosine(p: Parameters, q: Parameters, names: readonly (keyof Parameters)[] = parameterNames): number {
  const dot = (a: Parameters, b: Parameters): number =>
    names.reduce((sum, n) => Array.from(a[n].data).reduce((s, v, i) => s + v * b[n].data[i], sum), 0);
  return dot(p, q) / Math.sqrt(dot(p, p) * dot(q, q));
}

export function largestDifferenceOf(
  p: Parameters,
  q: Parameters,
  names: readonly (keyof Parameters)[] = parameterNames,
): number {
  return Math.max(...names.flatMap((n) => Array.from(p[n].data, (v, i) => Math.abs(v - q[n].data[i]))));
}
