/** The float32 engines against training steps of the published code. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engines/engine.ts';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { tensorflowEngine } from '../../src/platform/engines/tensorflow.ts';
import { probeBackend } from '../../src/platform/engines/tensorflow/backends.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import { describeReference, fromJson, largestDifference } from '../support/reference.ts';
import { tensorflowRefusal, wiringRefusal } from '../../src/platform/engines/tensorflow/refusal.ts';
import {
  batchOf,
  noiseOf,
  openCase,
  parametersOf,
  setupOfCase,
  trainingCases,
  weightsAfter,
  wiringOf,
} from '../support/trainingFixtures.ts';
import type { TrainingFixture } from '../support/trainingFixtures.ts';

/** What TensorFlow.js does of it. */
const tensorflowCases = trainingCases.filter(
  ({ test }) => tensorflowRefusal(setupOfCase(test, 'Adam')) === null && wiringRefusal(wiringOf(test)) === null,
);

function reproduces(engine: Engine, fixture: TrainingFixture): void {
  const { expected } = fixture;
  const [batch, noise] = [batchOf(fixture), noiseOf(fixture)];
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
      expect(Math.abs(report.main + report.activity + report.weights - step.error)).toBeLessThan(
        1e-5 * Math.max(1, step.error),
      );
      expect(report.activityPenalty).toBeCloseTo(step.regularization_after, 12);
      expect(report.gradientNorm).toBeCloseTo(step.gradient_norm_as_recorded, 5);
      const weights = weightsAfter(fixture, optimizer, report.update);
      if (!weights) continue;
      const { parameters } = network.state();
      for (const name of parameterNames) {
        expect(largestDifference(parameters[name].data, weights[name].data), name).toBeLessThan(1e-6);
      }
    }
  }
}

describeReference('published training steps', () => {
  it('are found', () => expect([trainingCases.length, tensorflowCases.length]).toEqual([47, 22]));

  describeNative('on the native engine', () => {
    describe.each(instructionSets)('%s', (set) => {
      it.each(trainingCases)('$file', ({ test }) => reproduces(nativeEngine(set, 2), test));
    });
  });

  describe.each(['wasm', 'cpu'] as const)('on TensorFlow.js (%s)', (id) => {
    it.each(id === 'wasm' ? tensorflowCases : tensorflowCases.slice(0, 3))('$file', async ({ test }) => {
      const probe = await probeBackend(id);
      if ('reason' in probe) throw new Error(probe.reason);
      reproduces(tensorflowEngine(probe), test);
    });
  });
});
