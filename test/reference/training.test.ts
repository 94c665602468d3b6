/** One training step and three updates, per rule and setting, against the published code in double precision. */
import { describe, expect, it } from 'vitest';
import { forwardPass } from '../../src/core/engines/forward.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { describeReference, fromJson, largestDifference } from '../support/reference.ts';
import {
  batchOf,
  feedbackAfter,
  noiseOf,
  openCase,
  parametersOf,
  setupOfCase,
  trainingCases,
  weightsAfter,
  wiringOf,
} from '../support/trainingFixtures.ts';

function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const largest = Math.max(...Array.from(expected, Math.abs));
  return largestDifference(found, expected) / (largest || 1);
}

describeReference('training fixtures', () => {
  it('are all there, with every rule and both losses', () => {
    expect(trainingCases).toHaveLength(47);
    expect(new Set(trainingCases.map(({ test }) => test.rule)).size).toBe(5);
    expect(new Set(trainingCases.map(({ test }) => test.settings.loss)).size).toBe(2);
  });

  describe.each(trainingCases)('$file', ({ test }) => {
    const { expected } = test;
    const batch = batchOf(test);
    const noise = noiseOf(test);

    it('has the published loss and gradient', () => {
      const { loss, gradient } = openCase(referenceEngine, test, 'Adam').gradient(batch, noise);
      expect(Math.abs(loss.main - expected.errormain)).toBeLessThan(1e-10);
      expect(Math.abs(loss.activity - expected.error_activityL2)).toBeLessThan(1e-10);
      expect(Math.abs(loss.weights - expected.error_L2Wrec)).toBeLessThan(1e-10);
      const published = parametersOf(expected.gradients);
      for (const name of parameterNames) {
        expect(relativeDifference(gradient[name].data, published[name].data), name).toBeLessThan(1e-10);
      }
    });

    it('has the published activity and readout', () => {
      const { shape } = setupOfCase(test, 'Adam');
      const input = fromJson(test.input);
      const { h, y } = forwardPass(shape, parametersOf(test.parameters), wiringOf(test), input, noise);
      expect(largestDifference(h, fromJson(expected.activity).data)).toBeLessThan(1e-10);
      expect(largestDifference(y, fromJson(expected.output).data)).toBeLessThan(1e-10);
    });

    it.each(['Adam', 'AdamW'] as const)('makes the published three updates with %s', (optimizer) => {
      const published = expected.optimizers[optimizer];
      const network = openCase(referenceEngine, test, optimizer);
      for (const step of published.updates) {
        const report = network.update(batch, noise);
        expect(report.update).toBe(step.update + 1);
        expect(Math.abs(report.main - step.errormain)).toBeLessThan(1e-10);
        expect(Math.abs(report.activity - step.error_activityL2)).toBeLessThan(1e-10);
        expect(Math.abs(report.weights - step.error_L2Wrec)).toBeLessThan(1e-10);
        expect(report.activityPenalty).toBeCloseTo(step.regularization_after, 12);
        expect(report.gradientNorm).toBeCloseTo(step.gradient_norm_as_recorded, 10);
        const { parameters, wiring } = network.state();
        const weights = weightsAfter(test, optimizer, report.update);
        for (const name of weights ? parameterNames : []) {
          expect(largestDifference(parameters[name].data, weights![name].data), name).toBeLessThan(1e-10);
        }
        const feedback = feedbackAfter(test, optimizer, report.update);
        if (feedback && wiring.Brec) {
          expect(largestDifference(wiring.Brec.data, feedback.data)).toBeLessThan(1e-10);
        }
      }
    });
  });
});
