/** One training step and three updates, per rule and setting, against the published code in double precision. */
import { describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../../src/core/engines/engine.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { activationIds } from '../../src/core/models/activations.ts';
import { parameterNames, type ParameterName, type Parameters } from '../../src/core/models/parameters.ts';
import { rules } from '../../src/core/rules/index.ts';
import { describeReference, fromJson, largestDifference, referenceJson, referenceList } from '../support/reference.ts';

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

/** Why the engine is not asked to do a case, or null. */
function reasonToSkip({ rule, settings }: any): string | null {
  if (!(rule in ruleIds)) return `rule "${rule}" is not offered`;
  if (settings.loss !== 'masked mean squared error') return `loss "${settings.loss}" is not offered`;
  if (settings.dale_constraint) return 'the Dale constraint is not offered';
  if (settings.conn_density > 0 && settings.conn_density < 1) return 'sparse connections are not offered';
  if (settings.L2_Wrec !== 0) return 'a penalty on recurrent weights is not offered';
  if (!activationIds.includes(settings.activation_function)) return `"${settings.activation_function}" is not offered`;
  return null;
}

function parametersOf(arrays: any): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, fromJson(arrays[publishedNames[name]])])) as Parameters;
}

function openCase(test: any, optimizer: keyof typeof optimizers) {
  const { settings } = test;
  const optimizerSettings: OptimizerSettings = {
    ...optimizers[optimizer],
    learningRate: settings.learning_rate,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    clipNorm: settings.clip_gradient_norm_to,
  };
  const setup = {
    shape: {
      units: settings.n_recurrent,
      inputs: settings.n_input,
      outputs: settings.n_output,
      activation: settings.activation_function,
      alpha: settings.dt / settings.Tau,
    },
    rule: rules.get(ruleIds[test.rule]),
    optimizer: optimizerSettings,
  };
  const state = initialState(parametersOf(test.parameters), settings.regularization_activityL2, 'float64');
  return referenceEngine.open(setup, state);
}

const batchOf = ({ settings, input, target, output_mask }: any) => ({
  trials: settings.n_trials,
  steps: settings.n_T,
  input: fromJson(input),
  target: fromJson(target),
  mask: fromJson(output_mask),
});

function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const largest = Math.max(...Array.from(expected, Math.abs));
  return largestDifference(found, expected) / (largest || 1);
}

describeReference('training fixtures', () => {
  const files = referenceList('fixtures', 'training').filter((f) => f !== 'index.json' && f !== 'activations.json');
  const cases = files.map((file) => ({ file, test: referenceJson('fixtures', 'training', file) }));
  const done = cases.filter(({ test }) => reasonToSkip(test) === null);

  it('are among the cases this engine can do', () => expect(done.length).toBeGreaterThan(20));
  it.skip.each(cases.filter((c) => !done.includes(c)).map(({ file, test }) => ({ file, reason: reasonToSkip(test) })))(
    '$file: $reason',
    () => {},
  );

  describe.each(done)('$file', ({ test }) => {
    const { expected } = test;
    const batch = batchOf(test);
    const noise = test.activity_noise && fromJson(test.activity_noise);

    it('has the published loss and gradient', () => {
      const { loss, gradient } = openCase(test, 'Adam').gradient(batch, noise);
      expect(Math.abs(loss.main - expected.errormain)).toBeLessThan(1e-10);
      expect(Math.abs(loss.activity - expected.error_activityL2)).toBeLessThan(1e-10);
      const published = parametersOf(expected.gradients);
      for (const name of parameterNames) {
        expect(relativeDifference(gradient[name].data, published[name].data), name).toBeLessThan(1e-10);
      }
    });

    it.skipIf(noise)('has the published activity and readout', () => {
      const { rates, readout } = openCase(test, 'Adam').forward(batch.input);
      expect(largestDifference(rates.data, fromJson(expected.activity).data)).toBeLessThan(1e-10);
      expect(largestDifference(readout.data, fromJson(expected.output).data)).toBeLessThan(1e-10);
    });

    it.each(['Adam', 'AdamW'] as const)('makes the published three updates with %s', (optimizer) => {
      const published = expected.optimizers[optimizer];
      const network = openCase(test, optimizer);
      for (const step of published.updates) {
        const report = network.update(batch, noise);
        expect(report.update).toBe(step.update + 1);
        expect(Math.abs(report.main - step.errormain)).toBeLessThan(1e-10);
        expect(Math.abs(report.activity - step.error_activityL2)).toBeLessThan(1e-10);
        expect(report.activityPenalty).toBeCloseTo(step.regularization_after, 12);
        expect(report.gradientNorm).toBeCloseTo(step.gradient_norm_as_recorded, 10);
        const after = published[`params_after_${report.update}`];
        if (!after) continue;
        const weights = parametersOf(after);
        const { parameters } = network.state();
        for (const name of parameterNames) {
          expect(largestDifference(parameters[name].data, weights[name].data), name).toBeLessThan(1e-10);
        }
      }
    });
  });
});
