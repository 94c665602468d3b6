/** What sets the learning rules apart, and what they share. */
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { effectiveWeights } from '../../src/core/models/effectiveWeights.ts';
import { parameterNames, type ParameterName, type Parameters } from '../../src/core/models/parameters.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { feedbackAlignment } from '../../src/core/rules/feedbackAlignment.ts';
import { rules } from '../../src/core/rules/index.ts';
import { modProp } from '../../src/core/rules/modProp.ts';
import type { Credit, LearningRule } from '../../src/core/rules/rule.ts';
import { rtrl } from '../../src/core/rules/rtrl.ts';
import { truncatedBptt } from '../../src/core/rules/truncatedBptt.ts';
import type { Batch } from '../../src/core/tasks/task.ts';
import {
  cosine,
  largestDifferenceOf,
  openNetwork,
  randomBatch,
  randomMask,
  randomParameters,
  randomTensor,
  setupOf,
  smallShape,
  type NetworkOptions,
} from '../support/network.ts';

const { units } = smallShape;
const steps = 12;
const parameters = randomParameters(smallShape, 10);
const batch = randomBatch(smallShape, 4, steps, 20);
const noise = randomTensor([4, steps, units], 30, 0.1);
const upstream: ParameterName[] = ['a0', 'Win', 'Wrec', 'b'];
const allButInitialState = parameterNames.filter((name) => name !== 'a0');
const mask = randomMask(units, true, 5);

const forms = [
  { form: 'leak on the preactivation', options: {} },
  { form: 'leak on the rate', options: { leak: 'rate' } },
  { form: "Dale's law", options: { dale: true, wiring: { mask } } },
  { form: 'a time constant per unit', options: { alpha: Array.from({ length: units }, (_, i) => 0.1 + 0.1 * i) } },
] satisfies { form: string; options: NetworkOptions }[];

function gradientOf(rule: LearningRule, options: NetworkOptions = {}, p = parameters, given = batch): Parameters {
  return openNetwork(rule, p, options).gradient(given, given === batch ? noise : null).gradient;
}

function withCredit(rule: LearningRule, change: Partial<Credit>): LearningRule {
  return { ...rule, credit: { ...rule.credit!, ...change } };
}

/** How far two rules are apart, with what each needs beside the form of the network. */
function apart(
  rule: LearningRule,
  other: LearningRule,
  options: NetworkOptions,
  names: readonly ParameterName[] = parameterNames,
  p = parameters,
  given = batch,
): number {
  return largestDifferenceOf(gradientOf(rule, options, p, given), gradientOf(other, options, p, given), names);
}

describe.each(forms)('with $form', ({ options }: { options: NetworkOptions }) => {
  it.each(rules.all)('$label gives the readout the exact gradient', (rule) => {
    expect(apart(rule, bptt, options, ['Wout', 'bout'])).toBeLessThan(1e-14);
  });

  const others = rules.all.filter((rule) => rule !== bptt && rule !== rtrl);

  it.each(others)('$label gives what lies before the readout another gradient than BPTT', (rule) => {
    for (const name of upstream) expect(apart(rule, bptt, options, [name]), name).toBeGreaterThan(1e-3);
  });

  it('e-prop points elsewhere than BPTT in an active recurrent network, yet not the other way', () => {
    const { rates } = openNetwork(eprop, parameters, options).forward(batch.input);
    expect(rates.data.filter((h) => Math.abs(h) > 0.1).length / rates.data.length).toBeGreaterThan(0.5);
    const angle = cosine(gradientOf(eprop, options), gradientOf(bptt, options), upstream);
    expect(angle).toBeLessThan(0.99);
    expect(angle).toBeGreaterThan(0);
  });

  describe('e-prop', () => {
    const cut = { ...parameters, Wrec: randomTensor([units, units], 1, 0) };
    const one = randomBatch(smallShape, 5, 1, 40);

    it('equals BPTT where there are no recurrent weights', () => {
      const names = options.dale ? allButWrec : parameterNames; // the slope of |w| at 0 is 0
      expect(apart(eprop, bptt, options, names, cut)).toBeLessThan(1e-14);
    });

    it('equals BPTT on a single step, but for the initial state, whose errors pass between units too', () => {
      expect(apart(eprop, bptt, options, allButInitialState, parameters, one)).toBeLessThan(1e-14);
      expect(apart(eprop, bptt, options, ['a0'], parameters, one)).toBeGreaterThan(1e-3);
    });

    it('is truncated BPTT with windows of one step', () => {
      expect(apart(eprop, withCredit(truncatedBptt, { window: 1 }), options)).toBeLessThan(1e-14);
    });
  });

  describe('truncated BPTT', () => {
    it('equals BPTT with a window longer than the trial', () => {
      expect(apart(withCredit(truncatedBptt, { window: steps + 1 }), bptt, options)).toBeLessThan(1e-14);
    });

    it('cuts off the initial state only, with a window as long as the trial', () => {
      const whole = withCredit(truncatedBptt, { window: steps });
      expect(apart(whole, bptt, options, allButInitialState)).toBeLessThan(1e-14);
      expect(apart(whole, bptt, options, ['a0'])).toBeGreaterThan(1e-4);
    });

    it('comes nearer to BPTT from window to window', () => {
      const exact = gradientOf(bptt, options);
      const angles = [1, 2, 4, 8].map((window) =>
        cosine(gradientOf(withCredit(truncatedBptt, { window }), options), exact, ['Wrec']),
      );
      expect(angles.toSorted((a, b) => a - b)).toEqual(angles);
    });
  });

  describe('feedback alignment', () => {
    it('equals BPTT when it sends errors through the readout’s own weights', () => {
      const wiring = { ...options.wiring, Bout: parameters.Wout };
      expect(apart(feedbackAlignment, bptt, { ...options, wiring })).toBeLessThan(1e-14);
    });
  });

  describe('ModProp', () => {
    const exactSlope = withCredit(modProp, { slope: null });

    it('equals BPTT with the weights themselves and the true slope', () => {
      const W = effectiveWeights({ dale: false, ...options }, { mask: null, ...options.wiring }, parameters.Wrec.data);
      const wiring = { ...options.wiring, Brec: tensor([units, units], W) };
      expect(apart(exactSlope, bptt, { ...options, wiring })).toBeLessThan(1e-14);
    });

    it('follows BPTT over updates where every unit is a type of its own', () => {
      const cellTypes = Array.from({ length: units }, (_, i) => [i, i + 1] as const);
      const W = effectiveWeights({ dale: false, ...options }, { mask: null, ...options.wiring }, parameters.Wrec.data);
      const wiring = { ...options.wiring, cellTypes, Brec: tensor([units, units], W) };
      const [p, q] = [exactSlope, bptt].map((rule) => openNetwork(rule, parameters, { ...options, wiring }));
      for (let k = 0; k < 3; k++) [p, q].forEach((network) => network.update(batch, noise));
      expect(largestDifferenceOf(p.state().parameters, q.state().parameters)).toBeLessThan(1e-12);
      expect(largestDifferenceOf(p.state().parameters, parameters, ['Wrec'])).toBeGreaterThan(1e-3);
    });
  });
});

const allButWrec = parameterNames.filter((name) => name !== 'Wrec');

describe('the two leaks', () => {
  it('are one where nothing is kept from step to step', () => {
    const still = { ...parameters, a0: randomTensor([units], 1, 0) }; // tanh(0) = 0: the same initial rates
    const [a, h] = (['preactivation', 'rate'] as const).map((leak) => gradientOf(bptt, { leak, alpha: 1 }, still));
    expect(largestDifferenceOf(a, h)).toBeLessThan(1e-14);
    const [slowA, slowH] = (['preactivation', 'rate'] as const).map((leak) => gradientOf(bptt, { leak }, still));
    expect(largestDifferenceOf(slowA, slowH)).toBeGreaterThan(1e-3);
  });
});

describe.each(rules.all)('$label', (rule) => {
  it('leaves the parameters alone when asked for a gradient only', () => {
    const network = openNetwork(rule, parameters);
    network.gradient(batch, noise);
    expect(network.state().parameters).toEqual(parameters);
  });

  it.each(['mean-squared-error', 'cross-entropy'] as const)('makes the %s smaller on a batch it trains on', (loss) => {
    const given = randomBatch(smallShape, 4, steps, 20, loss);
    const network = openNetwork(rule, parameters, { activityPenalty: 0, loss });
    const first = network.update(given, null).main;
    let last = first;
    for (let k = 0; k < (rule.needs.draws === 'once' ? 300 : 100); k++) last = network.update(given, null).main;
    expect(last).toBeLessThan(0.6 * first);
  });

  it.skipIf(rule.needs.draws === 'every update')('does not depend on the order of the trials', () => {
    const [first, second] = [batch, reversedTrials(batch)].map((given) =>
      openNetwork(rule, parameters).gradient(given, null),
    );
    expect(largestDifferenceOf(first.gradient, second.gradient)).toBeLessThan(1e-14);
  });

  it('ignores targets that do not count', () => {
    const target = { ...batch.target, data: batch.target.data.map((v, i) => (batch.mask.data[i] ? v : NaN)) };
    expect(gradientOf(rule, {}, parameters, { ...batch, target })).toEqual(
      gradientOf(rule, {}, parameters, { ...batch }),
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
