/** BPTT is the slope of the loss, in every form of network and loss; masks and frozen parameters take their part out. */
import { describe, expect, it } from 'vitest';
import { slopedActivationIds } from '../../src/core/models/activations.ts';
import { parameterNames, type Parameters } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { Batch } from '../../src/core/tasks/task.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { largestDifference } from '../support/reference.ts';
import {
  nudged,
  openNetwork,
  randomBatch,
  randomMask,
  randomParameters,
  randomTensor,
  smallShape,
  type NetworkOptions,
} from '../support/network.ts';

const shape = { ...smallShape, units: 7, outputs: 3 };
const [trials, steps] = [3, 6];
const parameters = randomParameters(shape, 10);
const alphas = Array.from({ length: shape.units }, (_, i) => 0.1 + 0.12 * i);
const noises = { 'no noise': null, noise: randomTensor([trials, steps, shape.units], 30, 0.1) };

const losses = ['mean-squared-error', 'cross-entropy'] as const;
const leaks = ['preactivation', 'rate'] as const;
const wirings = {
  'all connections': {},
  'some connections': { wiring: { mask: randomMask(shape.units, false, 5) } },
  "Dale's law": { dale: true, wiring: { mask: randomMask(shape.units, true, 5) } },
  'all excitatory': { dale: true },
} satisfies Record<string, NetworkOptions>;
const timeConstants = { 'one time constant': {}, 'a time constant per unit': { alpha: alphas } };
const penalties = { 'no block penalty': {}, 'a block penalty': { blockPenalty: 0.3 } };

type Case = [name: string, options: NetworkOptions, batch: Batch, noise: Tensor | null];

const cases: Case[] = losses.flatMap((loss) =>
  leaks.flatMap((leak) =>
    Object.entries(wirings).flatMap(([wiring, w]) =>
      Object.entries(timeConstants).flatMap(([time, t]) =>
        Object.entries(penalties).flatMap(([penalty, p]) =>
          Object.entries(noises).map(([noisy, noise]): Case => {
            const name = [loss, `leak on the ${leak}`, wiring, time, penalty, noisy].join(', ');
            return [name, { loss, leak, ...w, ...t, ...p }, randomBatch(shape, trials, steps, 20, loss), noise];
          }),
        ),
      ),
    ),
  ),
);

function slopes(options: NetworkOptions, batch: Batch, noise: Tensor | null): Parameters {
  return openNetwork(bptt, parameters, options).gradient(batch, noise).gradient;
}

/** Slope of the loss along each number of a parameter, by central differences. */
function finiteDifferences(name: keyof Parameters, [, options, batch, noise]: Case): Float64Array {
  const h = 1e-5;
  const lossAt = (by: number, index: number): number => {
    const { loss } = openNetwork(bptt, nudged(parameters, name, index, by), options).gradient(batch, noise);
    return loss.main + loss.activity + loss.weights;
  };
  return Float64Array.from(parameters[name].data, (_, i) => (lossAt(h, i) - lossAt(-h, i)) / (2 * h));
}

function expectSlopes(each: Case, tolerance: number): void {
  const [, options, batch, noise] = each;
  const gradient = slopes(options, batch, noise);
  for (const name of parameterNames) {
    const expected = finiteDifferences(name, each);
    const scale = Math.max(...expected.map(Math.abs));
    expect(scale, `${name} matters`).toBeGreaterThan(0);
    expect(largestDifference(gradient[name].data, expected) / scale, name).toBeLessThan(tolerance);
  }
}

describe('BPTT gives the slope of the loss along every parameter', () => {
  it.each(cases)('%s', (...each) => expectSlopes(each, 1e-7));

  it.each(slopedActivationIds.flatMap((activation) => leaks.map((leak) => ({ activation, leak }))))(
    '$activation units, leak on the $leak',
    (options) => expectSlopes(['', options, randomBatch(shape, trials, steps, 20), noises.noise], 1e-6),
  );

  it.each(leaks)('tanh units of slope 2.5, leak on the %s', (leak) =>
    expectSlopes(
      [
        '',
        { activation: 'tanhwithslope', activationSlope: 2.5, leak },
        randomBatch(shape, trials, steps, 20),
        noises.noise,
      ],
      1e-6,
    ),
  );
});

describe.each(rules.all)('$label', (rule) => {
  const batch = randomBatch(shape, trials, steps, 20);

  it('has no gradient along connections that are not there, and leaves them as they are', () => {
    const mask = randomMask(shape.units, true, 5);
    const network = openNetwork(rule, parameters, { dale: true, wiring: { mask } });
    const { gradient } = network.gradient(batch, null);
    for (let k = 0; k < 3; k++) network.update(batch, null);
    const { Wrec } = network.state().parameters;
    const changed = Array.from(Wrec.data, (w, k) => w !== parameters.Wrec.data[k]);
    expect(changed).toEqual(Array.from(mask.data, (m) => m !== 0));
    expect(Array.from(gradient.Wrec.data, (g) => g !== 0)).toEqual(changed);
  });

  it.each(parameterNames)('keeps %s as it is when it is frozen, and leaves it out of the gradient', (name) => {
    const settings = { kind: 'adamw', weightDecay: 0.1, frozen: [name] } as const;
    const network = openNetwork(rule, parameters, { optimizer: settings });
    const { gradient } = network.gradient(batch, null);
    const free = openNetwork(rule, parameters).gradient(batch, null).gradient;
    for (let k = 0; k < 3; k++) network.update(batch, null);
    const after = network.state().parameters;
    for (const other of parameterNames) {
      const kept = other === name;
      expect(
        after[other].data.every((w, i) => (w === parameters[other].data[i]) === kept),
        other,
      ).toBe(true);
      if (kept) expect(gradient[other].data.every((g) => g === 0)).toBe(true);
      else expect(gradient[other]).toEqual(free[other]);
    }
  });
});
