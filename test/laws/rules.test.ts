/** What sets the learning rules apart, and what they share. */
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { activations, slopedActivationIds } from '../../src/core/models/activations.ts';
import { parameterNames, type ParameterName, type Parameters } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import type { Batch } from '../../src/core/tasks/task.ts';
import {
  cosine,
  largestDifferenceOf,
  nudged,
  openNetwork,
  randomBatch,
  randomParameters,
  randomTensor,
  setupOf,
  smallShape,
} from '../support/network.ts';

const parameters = randomParameters(smallShape, 10);
const batch = randomBatch(smallShape, 4, 12, 20);
const noise = randomTensor([4, 12, 9], 30, 0.1);
const upstream: ParameterName[] = ['a0', 'Win', 'Wrec', 'b'];

function gradientOf(rule: LearningRule, p = parameters, options = {}, given: Batch = batch): Parameters {
  return openNetwork(rule, p, options).gradient(given, given === batch ? noise : null).gradient;
}

/** Slope of the loss along each number of a parameter, by central differences. */
function finiteDifferences(name: ParameterName, options = {}): number[] {
  const h = 1e-5;
  const lossAt = (by: number, index: number): number => {
    const { loss } = openNetwork(bptt, nudged(parameters, name, index, by), options).gradient(batch, noise);
    return loss.main + loss.activity;
  };
  return Array.from(parameters[name].data, (_, i) => (lossAt(h, i) - lossAt(-h, i)) / (2 * h));
}

function largestError(found: ArrayLike<number>, expected: number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((v, i) => Math.abs(v - found[i]))) / scale;
}

describe('BPTT', () => {
  it.each(parameterNames)('gives the slope of the loss along %s', (name) => {
    expect(largestError(gradientOf(bptt)[name].data, finiteDifferences(name))).toBeLessThan(1e-7);
  });

  it.each(slopedActivationIds)('gives the slope of the loss with %s units', (activation) => {
    const options = { activation };
    expect(
      largestError(gradientOf(bptt, parameters, options).Wrec.data, finiteDifferences('Wrec', options)),
    ).toBeLessThan(1e-6);
  });
});

describe('e-prop', () => {
  it('is no slope of the loss along what lies upstream of the units, and is along the readout', () => {
    const gradient = gradientOf(eprop);
    for (const name of upstream)
      expect(largestError(gradient[name].data, finiteDifferences(name)), name).toBeGreaterThan(0.05);
    for (const name of ['Wout', 'bout'] as const) {
      expect(largestError(gradient[name].data, finiteDifferences(name)), name).toBeLessThan(1e-7);
    }
  });

  it('points elsewhere than BPTT in an active recurrent network, yet not the other way', () => {
    const network = openNetwork(eprop, parameters);
    const { rates } = network.forward(batch.input);
    expect(rates.data.filter((h) => Math.abs(h) > 0.1).length / rates.data.length).toBeGreaterThan(0.5);
    const angle = cosine(gradientOf(eprop), gradientOf(bptt), upstream);
    expect(angle).toBeLessThan(0.99);
    expect(angle).toBeGreaterThan(0);
  });

  it('equals BPTT where there are no recurrent weights', () => {
    const cut = { ...parameters, Wrec: randomTensor([9, 9], 1, 0) };
    expect(largestDifferenceOf(gradientOf(eprop, cut), gradientOf(bptt, cut))).toBeLessThan(1e-14);
    expect(largestDifferenceOf(gradientOf(eprop), gradientOf(bptt))).toBeGreaterThan(1e-3);
  });

  it('equals BPTT on a single step, but for the initial state, whose errors pass through Wrec too', () => {
    const one = randomBatch(smallShape, 5, 1, 40);
    const [local, exact] = [eprop, bptt].map((rule) => gradientOf(rule, parameters, {}, one));
    expect(largestDifferenceOf(local, exact, ['Win', 'Wrec', 'b', 'Wout', 'bout'])).toBeLessThan(1e-14);
    expect(largestDifferenceOf(local, exact, ['a0'])).toBeGreaterThan(1e-3);
  });

  it.each([0, 0.5])('is what eligibility traces give, run forward in time (activity penalty %f)', (activityPenalty) => {
    const gradient = gradientOf(eprop, parameters, { activityPenalty });
    expect(largestError(gradient.Wrec.data, [...tracesTimesSignals(activityPenalty)])).toBeLessThan(1e-12);
  });
});

/** Σ over trials and steps of (L[t] ∘ φ′(a[t])) ε[t]ᵀ, from the equations of the network and the rule alone. */
function tracesTimesSignals(activityPenalty: number): Float64Array {
  const { units: N, inputs, outputs } = smallShape;
  const alpha = 0.2;
  const { value, slope } = activations.tanh;
  const [{ data: a0 }, { data: Win }, { data: Wrec }, { data: b }, { data: Wout }, { data: bout }] = parameterNames.map(
    (name) => parameters[name],
  );
  const counted = Array.from(batch.mask.data).reduce((sum, m) => sum + m, 0);
  const total = new Float64Array(N * N);
  const each = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  for (const trial of each(batch.trials)) {
    let a = Array.from(a0);
    let h = a.map(value);
    let trace = each(N).map(() => 0);
    for (const t of each(batch.steps)) {
      const row = trial * batch.steps + t;
      trace = trace.map((e, j) => (1 - alpha) * e + alpha * h[j]);
      a = each(N).map((i) => {
        const recurrent = each(N).reduce((sum, j) => sum + Wrec[i * N + j] * h[j], 0);
        const external = each(inputs).reduce(
          (sum, k) => sum + Win[i * inputs + k] * batch.input.data[row * inputs + k],
          0,
        );
        return (1 - alpha) * a[i] + alpha * (recurrent + external + b[i]);
      });
      h = a.map((v, i) => value(v) + noise.data[row * N + i]);
      const error = each(outputs).map((o) => {
        const y = each(N).reduce((sum, i) => sum + Wout[o * N + i] * h[i], bout[o]);
        return (2 * batch.mask.data[row * outputs + o] * (y - batch.target.data[row * outputs + o])) / counted;
      });
      for (const i of each(N)) {
        const penalty = (2 * activityPenalty * h[i]) / noise.data.length;
        const signal = each(outputs).reduce((sum, o) => sum + Wout[o * N + i] * error[o], penalty);
        for (const j of each(N)) total[i * N + j] += signal * slope(a[i]) * trace[j];
      }
    }
  }
  return total;
}

describe.each(rules.all)('$label', (rule) => {
  it('leaves the parameters alone when asked for a gradient only', () => {
    const network = openNetwork(rule, parameters);
    network.gradient(batch, noise);
    expect(network.state().parameters).toEqual(parameters);
  });

  it('makes the loss smaller on a batch it trains on', () => {
    const network = openNetwork(rule, parameters, { activityPenalty: 0 });
    const first = network.update(batch, null).main;
    let last = first;
    for (let k = 0; k < 100; k++) last = network.update(batch, null).main;
    expect(last).toBeLessThan(0.6 * first);
  });

  it('does not depend on the order of the trials', () => {
    const [first, second] = [batch, reversedTrials(batch)].map((given) =>
      openNetwork(rule, parameters).gradient(given, null),
    );
    expect(largestDifferenceOf(first.gradient, second.gradient)).toBeLessThan(1e-14);
  });

  it('ignores targets that do not count', () => {
    const target = { ...batch.target, data: batch.target.data.map((v, i) => (batch.mask.data[i] ? v : 1e6)) };
    expect(gradientOf(rule, parameters, {}, { ...batch, target })).toEqual(
      gradientOf(rule, parameters, {}, { ...batch }),
    );
  });

  it('goes on bit for bit from a saved state', () => {
    const whole = openNetwork(rule, parameters);
    for (let k = 0; k < 3; k++) whole.update(batch, noise);
    const saved = whole.state();
    const reports = [whole.update(batch, noise), whole.update(batch, noise)];
    const resumed = referenceEngine.open(setupOf(rule, parameters), saved);
    expect([resumed.update(batch, noise), resumed.update(batch, noise)]).toEqual(reports);
    expect(resumed.state()).toEqual(whole.state());
    expect(saved.update).toBe(3);
  });
});

function reversedTrials(given: Batch): Batch {
  const reversed = (t: Batch['input']): Batch['input'] => {
    const size = t.data.length / given.trials;
    const rows = Array.from({ length: given.trials }, (_, k) => [...t.data.subarray(k * size, (k + 1) * size)]);
    return { shape: t.shape, data: Float64Array.from(rows.toReversed().flat()) };
  };
  return { ...given, input: reversed(given.input), target: reversed(given.target), mask: reversed(given.mask) };
}
