/** The float32 engines against training steps of the published code; cases are found by reading the folder. */
import { describe, expect, it } from 'vitest';
import type { Engine, Network } from '../../src/core/engines/engine.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { activationIds, type ActivationId } from '../../src/core/models/activations.ts';
import { parameterNames, type ParameterName, type Parameters } from '../../src/core/models/parameters.ts';
import { rules } from '../../src/core/rules/index.ts';
import { tensorflowEngine } from '../../src/platform/engines/tensorflow.ts';
import { probeBackend } from '../../src/platform/engines/tensorflow/backends.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import {
  describeReference,
  fromJson,
  largestDifference,
  referenceJson,
  referenceList,
  type JsonArray,
} from '../support/reference.ts';

type Published = Record<string, JsonArray>;
type Fixture = {
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
    gradients: Published;
    optimizers: Record<
      'Adam' | 'AdamW',
      {
        updates: { update: number; error: number; regularization_after: number; gradient_norm_as_recorded: number }[];
        params_after_1: Published;
        params_after_3: Published;
      }
    >;
  };
};

const publishedNames: Record<ParameterName, string> = {
  a0: 'ah0',
  Win: 'fc_x2ah.weight',
  Wrec: 'fc_h2ah.weight',
  b: 'fc_x2ah.bias',
  Wout: 'fc_h2y.weight',
  bout: 'fc_h2y.bias',
};
const ruleIds: Record<string, string> = { BPTT: 'bptt', 'e-prop': 'e-prop' };
const optimizers = { Adam: { kind: 'adam', weightDecay: 0 }, AdamW: { kind: 'adamw', weightDecay: 0.01 } } as const;

const files = referenceList('fixtures', 'training').filter((f) => f !== 'index.json' && f !== 'activations.json');
const cases = files
  .map((file) => ({ file, test: referenceJson<Fixture>('fixtures', 'training', file) }))
  .filter(
    ({ test: { rule, settings } }) =>
      rule in ruleIds &&
      settings.loss === 'masked mean squared error' &&
      !settings.dale_constraint &&
      !(settings.conn_density > 0 && settings.conn_density < 1) &&
      settings.L2_Wrec === 0 &&
      activationIds.includes(settings.activation_function),
  );

function parametersOf(arrays: Published): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, fromJson(arrays[publishedNames[name]])])) as Parameters;
}

function openCase(engine: Engine, fixture: Fixture, optimizer: keyof typeof optimizers): Network {
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
  return engine.open(setup, initialState(parametersOf(parameters), settings.regularization_activityL2, 'float32'));
}

function reproduces(engine: Engine, fixture: Fixture): void {
  const { settings, input, target, output_mask, activity_noise, expected } = fixture;
  const noise = activity_noise && fromJson(activity_noise);
  const batch = {
    trials: settings.n_trials,
    steps: settings.n_T,
    input: fromJson(input),
    target: fromJson(target),
    mask: fromJson(output_mask),
  };
  const { gradient } = openCase(engine, fixture, 'Adam').gradient(batch, noise);
  const publishedGradient = parametersOf(expected.gradients);
  for (const name of parameterNames) {
    const published = publishedGradient[name].data;
    const largest = Math.max(...Array.from(published, Math.abs));
    expect(largestDifference(gradient[name].data, published) / largest, name).toBeLessThan(1e-5);
  }
  if (!noise) {
    const { rates, readout } = openCase(engine, fixture, 'Adam').forward(batch.input);
    expect(largestDifference(rates.data, fromJson(expected.activity).data)).toBeLessThan(1e-5);
    expect(largestDifference(readout.data, fromJson(expected.output).data)).toBeLessThan(1e-5);
  }
  for (const optimizer of ['Adam', 'AdamW'] as const) {
    const published = expected.optimizers[optimizer];
    const network = openCase(engine, fixture, optimizer);
    for (const step of published.updates) {
      const report = network.update(batch, noise);
      expect(report.update).toBe(step.update + 1);
      expect(Math.abs(report.main + report.activity - step.error)).toBeLessThan(1e-5 * Math.max(1, step.error));
      expect(report.activityPenalty).toBeCloseTo(step.regularization_after, 12);
      expect(report.gradientNorm).toBeCloseTo(step.gradient_norm_as_recorded, 5);
      if (report.update === 2) continue;
      const after = report.update === 1 ? published.params_after_1 : published.params_after_3;
      const weights = parametersOf(after);
      const { parameters } = network.state();
      for (const name of parameterNames) {
        expect(largestDifference(parameters[name].data, weights[name].data), name).toBeLessThan(1e-6);
      }
    }
  }
}

describeReference('published training steps', () => {
  it('are found', () => expect(cases.length).toBeGreaterThan(20));

  describeNative('on the native engine', () => {
    describe.each(instructionSets)('%s', (set) => {
      it.each(cases)('$file', ({ test }) => reproduces(nativeEngine(set, 2), test));
    });
  });

  describe.each(['wasm', 'cpu'] as const)('on TensorFlow.js (%s)', (id) => {
    it.each(id === 'wasm' ? cases : cases.slice(0, 3))('$file', async ({ test }) => {
      const probe = await probeBackend(id);
      if ('reason' in probe) throw new Error(probe.reason);
      reproduces(tensorflowEngine(probe), test);
    });
  });
});
