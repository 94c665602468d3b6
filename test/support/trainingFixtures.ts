/** The training fixtures: found by reading their folder, opened on any engine. */
import { publishedNames } from '../../src/core/checkpoints/published.ts';
import type { Engine, Network, TrainingSetup } from '../../src/core/engines/engine.ts';
import { initialState } from '../../src/core/engines/state.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import type { ActivationId } from '../../src/core/models/activations.ts';
import { parameterNames, type Parameters } from '../../src/core/models/parameters.ts';
import type { Wiring } from '../../src/core/models/wiring.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { Batch } from '../../src/core/tasks/task.ts';
import { fromJson, referenceJson, referenceList, type JsonArray } from './reference.ts';

type PublishedUpdate = {
  update: number;
  error: number;
  errormain: number;
  error_activityL2: number;
  error_L2Wrec: number;
  regularization_after: number;
  gradient_norm_as_recorded: number;
};

type Published = Record<string, JsonArray>;
/** One training step and three updates of the published code, with one rule and setting. */
export type TrainingFixture = {
  rule: string;
  settings: {
    n_input: number;
    n_recurrent: number;
    n_output: number;
    n_T: number;
    n_trials: number;
    activation_function: ActivationId;
    dt: number;
    Tau: number;
    dale_constraint: boolean;
    conn_density: number;
    ini_gain: number;
    regularization_activityL2: number;
    L2_Wrec: number;
    loss: keyof typeof lossIds;
    learning_rate: number;
    clip_gradient_norm_to: number | null;
  };
  initial_weights_given_to_the_model: Record<'Wahx' | 'Wahh' | 'Wyh' | 'bah' | 'by' | 'ah0', JsonArray>;
  parameters: Published;
  /** what is fixed beside the parameters: mask of Wrec, Bout (Wfb), Brec (Wab), cell types (tp_idx) */
  fixed_matrices: {
    mask?: JsonArray;
    Wfb?: JsonArray;
    Wab?: JsonArray;
    tp_idx?: JsonArray;
    mask_h2h?: JsonArray;
  } | null;
  input: JsonArray;
  target: JsonArray;
  output_mask: JsonArray;
  activity_noise: JsonArray | null;
  expected: {
    output: JsonArray;
    activity: JsonArray;
    errormain: number;
    error_activityL2: number;
    error_L2Wrec: number;
    gradients: Published;
    optimizers: Record<
      'Adam' | 'AdamW',
      {
        updates: PublishedUpdate[];
        params_after_1: Published;
        params_after_3: Published;
        Wab_after_1?: JsonArray;
        Wab_after_3?: JsonArray;
      }
    >;
  };
};

const lossIds = { 'masked mean squared error': 'mean-squared-error', 'masked cross-entropy': 'cross-entropy' } as const;
const ruleIds: Record<string, string> = {
  BPTT: 'bptt',
  'e-prop': 'e-prop',
  'truncated BPTT': 'truncated-bptt',
  'feedback alignment': 'feedback-alignment',
  ModProp: 'modprop',
};
export const optimizers = {
  Adam: { kind: 'adam', weightDecay: 0 },
  AdamW: { kind: 'adamw', weightDecay: 0.01 },
} as const;

export type TrainingCase = { file: string; test: TrainingFixture };

/** Every case. */
export const trainingCases: TrainingCase[] = referenceList('fixtures', 'training')
  .filter((file) => file !== 'index.json' && file !== 'activations.json')
  .map((file) => ({ file, test: referenceJson<TrainingFixture>('fixtures', 'training', file) }));

export function parametersOf(arrays: Published): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, fromJson(arrays[publishedNames[name]])])) as Parameters;
}

export function setupOfCase({ rule, settings }: TrainingFixture, optimizer: keyof typeof optimizers): TrainingSetup {
  return {
    shape: {
      units: settings.n_recurrent,
      inputs: settings.n_input,
      outputs: settings.n_output,
      activation: settings.activation_function,
      alpha: settings.dt / settings.Tau,
      leak: 'preactivation',
      dale: settings.dale_constraint,
    },
    rule: rules.get(ruleIds[rule]),
    loss: lossIds[settings.loss],
    blockPenalty: settings.L2_Wrec,
    optimizer: {
      ...optimizers[optimizer],
      learningRate: settings.learning_rate,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      clipNorm: settings.clip_gradient_norm_to,
      decay: null,
      frozen: [],
    },
  };
}

/** What the rule of the case needs, and no more. */
export function wiringOf(fixture: TrainingFixture): Wiring {
  const { mask, Wfb, Wab, tp_idx } = fixture.fixed_matrices ?? {};
  const blocks = fixture.rule === 'ModProp' ? { Wab, tp_idx } : {};
  return {
    mask: mask ? fromJson(mask) : null,
    Bout: Wfb ? fromJson(Wfb) : null,
    Brec: blocks.Wab ? fromJson(blocks.Wab) : null,
    cellTypes: blocks.tp_idx ? pairs(fromJson(blocks.tp_idx).data) : null,
  };
}

function pairs(flat: ArrayLike<number>): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

export function openCase(engine: Engine, fixture: TrainingFixture, optimizer: keyof typeof optimizers): Network {
  const { settings, parameters } = fixture;
  const { regularization_activityL2: penalty } = settings;
  const state = initialState(parametersOf(parameters), penalty, engine.precision, wiringOf(fixture));
  return engine.open(setupOfCase(fixture, optimizer), state);
}

export function batchOf({ settings, input, target, output_mask }: TrainingFixture): Batch {
  return {
    trials: settings.n_trials,
    steps: settings.n_T,
    input: fromJson(input),
    target: fromJson(target),
    mask: fromJson(output_mask),
  };
}

export function noiseOf({ activity_noise }: TrainingFixture): Tensor<Float64Array> | null {
  return activity_noise && fromJson(activity_noise);
}

/** Published weights after an update, where they were recorded. */
export function weightsAfter(
  { expected }: TrainingFixture,
  optimizer: keyof typeof optimizers,
  update: number,
): Parameters | null {
  const { params_after_1, params_after_3 } = expected.optimizers[optimizer];
  const recorded = ({ 1: params_after_1, 3: params_after_3 } as Record<number, Published | undefined>)[update];
  return recorded ? parametersOf(recorded) : null;
}

/** Published feedback through cell types after an update, where it was recorded. */
export function feedbackAfter(
  { expected }: TrainingFixture,
  optimizer: keyof typeof optimizers,
  update: number,
): Tensor | null {
  const { Wab_after_1, Wab_after_3 } = expected.optimizers[optimizer];
  const recorded = ({ 1: Wab_after_1, 3: Wab_after_3 } as Record<number, JsonArray | undefined>)[update];
  return recorded ? fromJson(recorded) : null;
}
