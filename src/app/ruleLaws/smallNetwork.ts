/** Small networks in which laws of learning rules are checked: every parameter at work, noise, masked targets. */
import type { EngineState, TrainingSetup } from '../../core/engines/engine.ts';
import { referenceEngine } from '../../core/engines/reference.ts';
import { initialState } from '../../core/engines/state.ts';
import { TorchRandom } from '../../core/math/random/torchRandom.ts';
import { sizeOf, tensor, zeros, type Tensor } from '../../core/math/tensor.ts';
import { cellTypeMeans, effectiveWeights } from '../../core/models/effectiveWeights.ts';
import { mapParameters, parameterNames, type ParameterName, type Parameters } from '../../core/models/parameters.ts';
import type { Wiring } from '../../core/models/wiring.ts';
import type { LearningRule } from '../../core/rules/rule.ts';
import type { Batch } from '../../core/tasks/task.ts';
import { publishedPreset } from '../presets.ts';

export const sizes = { units: 8, inputs: 3, outputs: 2, trials: 3, steps: 10 } as const;
const N = sizes.units;

export type Form = {
  readonly name: string;
  readonly leak: 'preactivation' | 'rate';
  readonly alpha: number | readonly number[];
  readonly dale: boolean;
  readonly activation: 'tanh' | 'linear';
  readonly loss: TrainingSetup['loss'];
};

const usual: Form = {
  name: 'leak on the preactivation',
  leak: 'preactivation',
  alpha: 0.2,
  dale: false,
  activation: 'tanh',
  loss: 'mean-squared-error',
};
const alphas = Array.from({ length: N }, (_, i) => 0.1 + 0.1 * i);
export const preactivationForm = usual;
export const rateForm: Form = { ...usual, name: 'leak on the rate', leak: 'rate' };
export const daleForm: Form = { ...usual, name: "Dale's law", dale: true };
/** Both leaks, one time constant and one per unit, Dale's law, both losses. */
export const forms: readonly Form[] = [
  usual,
  rateForm,
  daleForm,
  { ...usual, name: 'a time constant per unit', alpha: alphas },
  { ...rateForm, name: 'leak on the rate, a time constant per unit', alpha: alphas },
  { ...usual, name: 'cross-entropy', loss: 'cross-entropy' },
];
/** A linear network that keeps nothing from step to step but through connections. */
export const memorylessLinearForm: Form = { ...usual, name: 'linear, α = 1', alpha: 1, activation: 'linear' };

export type Change = {
  readonly parameters?: Partial<Parameters>;
  readonly wiring?: Partial<Wiring>;
  readonly activityPenalty?: number;
  readonly steps?: number;
  readonly ruleSeed?: number;
  readonly frozen?: readonly ParameterName[];
};

function normal(shape: number[], seed: number, scale: number): Tensor {
  const values = TorchRandom.seeded(seed).randn(sizeOf(shape));
  return tensor(
    shape,
    Float64Array.from(values, (v) => scale * v),
  );
}

/** Every entry random, none zero. */
export const parameters: Parameters = {
  a0: normal([N], 1, 0.5),
  Win: normal([N, sizes.inputs], 2, 0.7),
  Wrec: normal([N, N], 3, 1.5 / Math.sqrt(N)),
  b: normal([N], 4, 0.3),
  Wout: normal([sizes.outputs, N], 5, 1),
  bout: normal([sizes.outputs], 6, 0.3),
};
export const noRecurrence = { Wrec: zeros([N, N]) };

/** About a third of the connections are missing, those to itself too under Dale's law, where every third unit inhibits. */
function daleMask(): Tensor {
  const there = normal([N, N], 7, 1).data.map((v) => (v < -0.4 ? 0 : 1));
  return tensor([N, N], there.map((v, k) => (k % (N + 1) === 0 ? 0 : (k % N) % 3 === 0 ? -v : v)) as Float64Array);
}

/** W of a form. */
export function weightsOf(form: Form, { Wrec }: Pick<Parameters, 'Wrec'> = parameters): Tensor {
  const mask = form.dale ? daleMask() : null;
  return tensor([N, N], effectiveWeights(form, { mask }, Wrec.data));
}

export function batchOf({ loss }: Pick<Form, 'loss'>, steps: number = sizes.steps): Batch {
  const { trials, inputs, outputs } = sizes;
  const shape = loss === 'cross-entropy' ? [trials, steps] : [trials, steps, outputs];
  const target = normal(shape, 12, 1);
  const classes = target.data.map((v) => Math.floor(Math.abs(v) * 1000) % outputs);
  const mask = normal(shape, 13, 1).data.map((v) => (v > -0.4 ? 1 : 0));
  mask[0] = 1;
  return {
    trials,
    steps,
    input: normal([trials, steps, inputs], 11, 1),
    target: loss === 'cross-entropy' ? tensor(shape, classes) : target,
    mask: tensor(shape, mask),
  };
}

export function noiseOf(steps: number = sizes.steps): Tensor {
  return normal([sizes.trials, steps, N], 14, 0.1);
}

export function setupOf(rule: LearningRule, form: Form, { frozen = [] }: Change = {}): TrainingSetup {
  const { alpha, leak, dale, activation, loss } = form;
  const { inputs, outputs } = sizes;
  const optimizer = { ...publishedPreset.plan.training.optimizer, learningRate: 1e-2, frozen: [...frozen] };
  return {
    shape: { units: N, inputs, outputs, activation, alpha, leak, dale },
    rule,
    loss,
    blockPenalty: 0,
    optimizer,
  };
}

/** With the feedback that the rule needs: random weights of the size of those they stand for, two cell types. */
export function stateOf(rule: LearningRule, form: Form, change: Change = {}): EngineState {
  const p = { ...parameters, ...change.parameters };
  const W = weightsOf(form, p);
  const { readout, recurrent } = rule.credit ?? {};
  const cellTypes = recurrent === 'cell-types' ? ([[0, N / 2] as const, [N / 2, N] as const] as const) : null;
  const wiring: Wiring = {
    mask: form.dale ? daleMask() : null,
    Bout: readout === 'random' || readout === 'adaptive' ? normal([sizes.outputs, N], 21, 1) : null,
    Brec: cellTypes
      ? tensor([N, N], cellTypeMeans(W.data as Float64Array, cellTypes))
      : recurrent === 'random'
        ? normal([N, N], 22, 1.5 / Math.sqrt(N))
        : null,
    cellTypes,
    ...change.wiring,
  };
  return initialState(p, change.activityPenalty ?? 0.5, 'float64', wiring, change.ruleSeed ?? 1);
}

export function gradientOf(rule: LearningRule, form: Form, change: Change = {}): Parameters {
  const network = referenceEngine.open(setupOf(rule, form, change), stateOf(rule, form, change));
  return network.gradient(batchOf(form, change.steps), noiseOf(change.steps)).gradient;
}

export const upstream = ['a0', 'Win', 'Wrec', 'b'] as const satisfies readonly ParameterName[];

/** All entries of the parameters named, one after the other. */
export function flat(p: Parameters, names: readonly ParameterName[] = parameterNames): Float64Array {
  return Float64Array.from(names.flatMap((name) => [...p[name].data]));
}

/** Largest difference of any entry, as a share of the largest entry of the second. */
export function apart(p: Parameters, q: Parameters, names: readonly ParameterName[] = parameterNames): number {
  const [x, y] = [flat(p, names), flat(q, names)];
  return Math.max(...x.map((v, i) => Math.abs(v - y[i]))) / Math.max(...y.map(Math.abs));
}

export function cosine(p: Parameters, q: Parameters, names: readonly ParameterName[] = upstream): number {
  const [x, y] = [flat(p, names), flat(q, names)];
  const dot = (u: Float64Array, v: Float64Array): number => u.reduce((sum, value, i) => sum + value * v[i], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

export function nudged(p: Parameters, direction: Parameters, by: number): Parameters {
  return mapParameters(p, (t, name) =>
    tensor(t.shape, t.data.map((v, i) => v + by * direction[name].data[i]) as Float64Array),
  );
}

/** Entries ~ normal. */
export function randomDirection(seed: number): Parameters {
  return mapParameters(parameters, (t, name) => normal([...t.shape], seed + parameterNames.indexOf(name), 1));
}
