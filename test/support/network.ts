/** Small networks and batches for tests of engines and rules. */
import type { Engine, EngineState, Network, OptimizerSettings, TrainingSetup } from '../../src/core/engines/engine.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { copyOf, sizeOf, tensor, type Tensor } from '../../src/core/math/tensor.ts';
import { cellTypeMeans, effectiveWeights } from '../../src/core/models/effectiveWeights.ts';
import { mapParameters, parameterNames, type NetworkShape, type Parameters } from '../../src/core/models/parameters.ts';
import { plainWiring, type Wiring } from '../../src/core/models/wiring.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import type { Batch, LossId } from '../../src/core/tasks/task.ts';

/** The usual form of network, loss and nothing else. */
export const plainForm = { leak: 'preactivation', dale: false } as const;
export const plainLoss = { loss: 'mean-squared-error', blockPenalty: 0 } as const;

export const smallShape: NetworkShape = {
  units: 9,
  inputs: 3,
  outputs: 2,
  activation: 'tanh',
  alpha: 0.2,
  ...plainForm,
};

export const adam: OptimizerSettings = {
  kind: 'adam',
  learningRate: 1e-2,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: null,
  decay: null,
  frozen: [],
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

/** Random input and target; about a third of the targets, or of the steps, do not count. */
export function randomBatch(
  { inputs, outputs }: Pick<NetworkShape, 'inputs' | 'outputs'>,
  trials: number,
  steps: number,
  seed: number,
  loss: LossId = plainLoss.loss,
): Batch {
  const shape = loss === 'cross-entropy' ? [trials, steps] : [trials, steps, outputs];
  const target = randomTensor(shape, seed + 1);
  const mask = randomTensor(shape, seed + 2);
  return {
    trials,
    steps,
    input: randomTensor([trials, steps, inputs], seed),
    target: loss === 'cross-entropy' ? mapped(target, (v) => Math.floor(Math.abs(v) * 1000) % outputs) : target,
    mask: mapped(mask, (v) => (v > -0.4 ? 1 : 0)),
  };
}

/** Factors of Wrec that leave out about a third of the connections; with Dale's law every third unit inhibits. */
export function randomMask(units: number, dale: boolean, seed: number): Tensor<Float64Array> {
  return mapped(randomTensor([units, units], seed), (v, k) => {
    const source = k % units;
    if (v < -0.4) return 0;
    return dale && source % 3 === 0 ? -1 : 1;
  });
}

function mapped(t: Tensor<Float64Array>, f: (v: number, index: number) => number): Tensor<Float64Array> {
  return tensor(t.shape, t.data.map(f));
}

export type NetworkOptions = Partial<Pick<NetworkShape, 'activation' | 'activationSlope' | 'alpha' | 'leak' | 'dale'>> &
  Partial<Pick<TrainingSetup, 'loss' | 'blockPenalty'>> & {
    activityPenalty?: number;
    optimizer?: Partial<OptimizerSettings>;
    wiring?: Partial<Wiring>;
    engine?: Engine;
  };

export function setupOf(rule: LearningRule, parameters: Parameters, options: NetworkOptions = {}): TrainingSetup {
  return {
    shape: {
      units: parameters.Wrec.shape[0],
      inputs: parameters.Win.shape[1],
      outputs: parameters.Wout.shape[0],
      activation: options.activation ?? smallShape.activation,
      activationSlope: options.activationSlope,
      alpha: options.alpha ?? 0.2,
      leak: options.leak ?? plainForm.leak,
      dale: options.dale ?? plainForm.dale,
    },
    rule,
    loss: options.loss ?? plainLoss.loss,
    blockPenalty: options.blockPenalty ?? plainLoss.blockPenalty,
    optimizer: { ...adam, ...options.optimizer },
  };
}

export function stateOf(rule: LearningRule, parameters: Parameters, options: NetworkOptions = {}): EngineState {
  const { precision } = options.engine ?? referenceEngine;
  const wiring = { ...neededWiring(rule, parameters, options), ...options.wiring };
  return initialState(parameters, options.activityPenalty ?? 0.5, precision, wiring);
}

/** What the rule needs: feedback like a readout's and between units, two cell types with the block means of these weights. */
function neededWiring({ credit }: LearningRule, { Wout, Wrec }: Parameters, options: NetworkOptions): Wiring {
  if (credit === null) return plainWiring;
  const [outputs, units] = Wout.shape;
  const Bout = credit.readout === 'transpose' ? null : randomTensor([outputs, units], 77);
  const Brec = credit.recurrent === 'random' ? randomTensor([units, units], 78, 1.5 / Math.sqrt(units)) : null;
  if (credit.recurrent !== 'cell-types') return { ...plainWiring, Bout, Brec };
  const middle = Math.ceil(units / 2);
  const cellTypes = [[0, middle] as const, [middle, units] as const];
  const mask = options.wiring?.mask ?? null;
  const W = effectiveWeights({ dale: options.dale ?? plainForm.dale }, { mask }, Wrec.data);
  return { ...plainWiring, Bout, cellTypes, Brec: tensor([units, units], cellTypeMeans(W, cellTypes)) };
}

export function openNetwork(rule: LearningRule, parameters: Parameters, options: NetworkOptions = {}): Network {
  const engine = options.engine ?? referenceEngine;
  return engine.open(setupOf(rule, parameters, options), stateOf(rule, parameters, options));
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
