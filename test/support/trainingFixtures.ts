/** The training fixtures: found by reading their folder, opened on any engine. */
import { publishedNames } from '../../src/core/checkpoints/published.ts';
import type { Engine, Network } from '../../src/core/engines/engine.ts';
import { initialState } from '../../src/core/engines/state.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { activationIds, type ActivationId } from '../../src/core/models/activations.ts';
import { parameterNames, type Parameters } from '../../src/core/models/parameters.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { Batch } from '../../src/core/tasks/task.ts';
import { fromJson, referenceJson, referenceList, type JsonArray } from './reference.ts';

type PublishedUpdate = {
  update: number;
  error: number;
  errormain: number;
  error_activityL2: number;
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
    regularization_activityL2: number;
    L2_Wrec: number;
    loss: string;
    learning_rate: number;
    clip_gradient_norm_to: number | null;
  };
  parameters: Published;
  input: JsonArray;
  target: JsonArray;
  output_mask: JsonArray;
  activity_noise: JsonArray | null;
  expected: {
    output: JsonArray;
    activity: JsonArray;
    errormain: number;
    error_activityL2: number;
    gradients: Published;
    optimizers: Record<
      'Adam' | 'AdamW',
      {
        updates: PublishedUpdate[];
        params_after_1: Published;
        params_after_3: Published;
      }
    >;
  };
};

const ruleIds: Record<string, string> = { BPTT: 'bptt', 'e-prop': 'e-prop' };
export const optimizers = {
  Adam: { kind: 'adam', weightDecay: 0 },
  AdamW: { kind: 'adamw', weightDecay: 0.01 },
} as const;

export type TrainingCase = { file: string; test: TrainingFixture; reason: string | null };

/** Every case, with the reason why no engine is asked to do it, or null. */
export const trainingCases: TrainingCase[] = referenceList('fixtures', 'training')
  .filter((file) => file !== 'index.json' && file !== 'activations.json')
  .map((file) => {
    const test = referenceJson<TrainingFixture>('fixtures', 'training', file);
    return { file, test, reason: reasonToSkip(test) };
  });

function reasonToSkip({ rule, settings }: TrainingFixture): string | null {
  if (!(rule in ruleIds)) return `rule "${rule}" is not offered`;
  if (settings.loss !== 'masked mean squared error') return `loss "${settings.loss}" is not offered`;
  if (settings.dale_constraint) return 'the Dale constraint is not offered';
  if (settings.conn_density > 0 && settings.conn_density < 1) return 'sparse connections are not offered';
  if (settings.L2_Wrec !== 0) return 'a penalty on recurrent weights is not offered';
  if (!activationIds.includes(settings.activation_function)) return `"${settings.activation_function}" is not offered`;
  return null;
}

export function parametersOf(arrays: Published): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, fromJson(arrays[publishedNames[name]])])) as Parameters;
}

export function openCase(engine: Engine, fixture: TrainingFixture, optimizer: keyof typeof optimizers): Network {
  const { rule, settings, parameters } = fixture;
  const setup = {
    shape: {
      units: settings.n_recurrent,
      inputs: settings.n_input,
      outputs: settings.n_output,
      activation: settings.activation_function,
      alpha: settings.dt / settings.Tau,
    },
    rule: rules.get(ruleIds[rule]),
    optimizer: {
      ...optimizers[optimizer],
      learningRate: settings.learning_rate,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      clipNorm: settings.clip_gradient_norm_to,
    },
  };
  const { regularization_activityL2: penalty } = settings;
  return engine.open(setup, initialState(parametersOf(parameters), penalty, engine.precision));
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

export function noiseOf({ activity_noise }: TrainingFixture): Tensor | null {
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
