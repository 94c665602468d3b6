/** The native engine against the readable float64 one, with every rule in every form of network, loss and penalty. */
import { describe, expect, it } from 'vitest';
import { parameterNames, type NetworkShape } from '../../src/core/models/parameters.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import { rules } from '../../src/core/rules/index.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import {
  openNetwork,
  plainForm,
  randomBatch,
  randomMask,
  randomParameters,
  randomTensor,
  setupOf,
  type NetworkOptions,
} from '../support/network.ts';
import { largestDifference } from '../support/reference.ts';

const shape: NetworkShape = { units: 21, inputs: 3, outputs: 3, activation: 'tanh', alpha: 0.2, ...plainForm };
const [trials, steps] = [7, 23];
const parameters = randomParameters(shape, 7);
const noise = randomTensor([trials, steps, shape.units], 13, 0.1);
const alpha = Array.from({ length: shape.units }, (_, i) => 0.05 + 0.04 * i);
const decay = { every: 1, factor: 0.5 };

const forms: [string, NetworkOptions][] = [
  ['the usual network', {}],
  ['cross-entropy', { loss: 'cross-entropy' }],
  ['the leak on the rate', { leak: 'rate' }],
  ['the leak on the rate, a time constant per unit', { leak: 'rate', alpha }],
  ['a time constant per unit', { alpha }],
  ['some connections', { wiring: { mask: randomMask(shape.units, false, 5) } }],
  ["Dale's law", { dale: true, wiring: { mask: randomMask(shape.units, true, 5) } }],
  [
    "Dale's law, the leak on the rate",
    { dale: true, leak: 'rate', wiring: { mask: randomMask(shape.units, true, 5) } },
  ],
  ['a penalty on blocks', { blockPenalty: 0.3 }],
  ['frozen parameters and decay', { optimizer: { frozen: ['Win', 'bout'], decay } }],
  ['AdamW and clipping', { optimizer: { kind: 'adamw', weightDecay: 0.1, clipNorm: 0.1 } }],
];

/** Of `found` from `expected`, as a share of its largest entry. */
function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  return largestDifference(found, expected) / (Math.max(...Array.from(expected, Math.abs)) || 1);
}

describeNative('the native engine follows the reference engine', () => {
  it('with every rule that says as data how credit travels', () => {
    const refused = (rule: LearningRule) =>
      nativeEngine(instructionSets[0]).refusal(setupOf(rule, parameters)) !== null;
    expect(rules.all.filter(refused)).toEqual(rules.all.filter((rule) => rule.credit === null));
  });

  describe.each(instructionSets)('rectified units without noise, most of them silent: %s', (set) => {
    it.each(rules.all.filter((rule) => rule.credit !== null))('$label', (rule) => {
      const batch = randomBatch(shape, 20, 40, 11);
      const silenced = { ...parameters, b: randomTensor([shape.units], 17, 2) };
      const [found, expected] = [{ engine: nativeEngine(set, 2) }, {}].map((each) =>
        openNetwork(rule, silenced, { ...each, activation: 'retanh' }).gradient(batch, null),
      );
      for (const name of parameterNames) {
        expect(difference(found.gradient[name].data, expected.gradient[name].data), name).toBeLessThan(1e-5);
      }
    });
  });

  describe.each(instructionSets)('%s', (set) => {
    const offered = rules.all.filter((rule) => nativeEngine(set).refusal(setupOf(rule, parameters)) === null);
    describe.each(offered)('$label', (rule) => {
      it.each(forms)('with %s', (_, options) => {
        const batch = randomBatch(shape, trials, steps, 11, options.loss);
        const [native, reference] = [{ ...options, engine: nativeEngine(set, 2) }, options].map((each) =>
          openNetwork(rule, parameters, each),
        );
        const [found, expected] = [native, reference].map((network) => network.gradient(batch, noise));
        for (const name of parameterNames) {
          expect(difference(found.gradient[name].data, expected.gradient[name].data), name).toBeLessThan(1e-5);
        }
        for (const part of ['main', 'activity', 'weights'] as const) {
          expect(found.loss[part]).toBeCloseTo(expected.loss[part], 5);
        }
        for (let k = 0; k < 3; k++) {
          const [report, right] = [native, reference].map((network) => network.update(batch, noise));
          expect(report.gradientNorm / right.gradientNorm).toBeCloseTo(1, 4);
        }
        const [after, right] = [native.state(), reference.state()];
        for (const name of parameterNames) {
          expect(difference(after.parameters[name].data, right.parameters[name].data), name).toBeLessThan(1e-4);
        }
        for (const matrix of ['Bout', 'Brec'] as const) {
          const [kept, rightKept] = [after.wiring[matrix], right.wiring[matrix]];
          expect(kept === null, matrix).toBe(rightKept === null);
          if (kept && rightKept) expect(difference(kept.data, rightKept.data), matrix).toBeLessThan(1e-4);
        }
        native.close();
      });
    });
  });
});
