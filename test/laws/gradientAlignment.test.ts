/** Where the gradient of a rule points as BPTT's does, and where it may not. */
import { describe, expect, it } from 'vitest';
import { alignGradients, type AlignmentPart } from '../../src/core/analysis/gradientAlignment.ts';
import type { Engine, EngineState, Work } from '../../src/core/engines/engine.ts';
import { exactGradient } from '../../src/core/engines/exactGradient.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { feedbackAlignment } from '../../src/core/rules/feedbackAlignment.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import {
  adam,
  randomBatch,
  randomMask,
  randomParameters,
  randomTensor,
  setupOf,
  smallShape,
  stateOf,
  type NetworkOptions,
} from '../support/network.ts';

const { units } = smallShape;
const parameters = randomParameters(smallShape, 10);
const work: Work = { batch: randomBatch(smallShape, 4, 12, 20), noise: randomTensor([4, 12, units], 30, 0.1) };

/** cosine and norm ratio of a part of the gradient */
function aligned(
  engine: Engine,
  rule: LearningRule,
  options: NetworkOptions = {},
  p = parameters,
): (part: AlignmentPart) => { cosine: number; normRatio: number } {
  const setup = setupOf(rule, p, options);
  const state: EngineState = stateOf(rule, p, { ...options, engine });
  const network = engine.open(setup, state);
  const own = network.gradient(work.batch, work.noise).gradient;
  network.close();
  const found = alignGradients(own, exactGradient(engine, setup, state, work), setup.optimizer.frozen);
  return (part) => {
    const { cosine, normRatio } = found.find((a) => a.part === part)!;
    return { cosine: cosine!, normRatio: normRatio! };
  };
}

const upstream = ['a0', 'Win', 'Wrec', 'b', 'recurrent'] as const;
const readout = ['Wout', 'bout'] as const;

/** digits: to which float32 or float64 sums of another order agree */
function lawsOn(engineOf: () => Engine, digits: number): void {
  const mask = randomMask(units, true, 5);
  const cut = { ...parameters, Wrec: randomTensor([units, units], 1, 0) };

  it('BPTT is exact in every form of the network', () => {
    for (const options of [{}, { leak: 'rate' }, { dale: true, wiring: { mask } }, { blockPenalty: 0.3 }] as const) {
      const at = aligned(engineOf(), bptt, options);
      for (const part of [...upstream, ...readout]) expect(at(part)).toEqual({ cosine: 1, normRatio: 1 });
    }
  });

  it('e-prop is exact where nothing comes back through other units, and not in a recurrent network', () => {
    const without = aligned(engineOf(), eprop, {}, cut);
    for (const part of [...upstream, ...readout]) {
      expect(without(part).cosine, part).toBeCloseTo(1, digits);
      expect(without(part).normRatio, part).toBeCloseTo(1, digits);
    }
    const recurrent = aligned(engineOf(), eprop);
    for (const part of upstream) expect(recurrent(part).cosine, part).toBeLessThan(0.999);
  });

  it('feedback alignment has the exact gradient of the readout, whatever its own feedback is', () => {
    const at = aligned(engineOf(), feedbackAlignment);
    for (const part of readout) expect(at(part)).toEqual({ cosine: 1, normRatio: 1 });
    for (const part of upstream) expect(at(part).cosine, part).toBeLessThan(0.9);
  });

  it('feedback alignment is exact with the weights of the readout as feedback, and uphill with their opposite', () => {
    const through = (factor: number): NetworkOptions => ({
      activityPenalty: 0,
      wiring: { Bout: { ...parameters.Wout, data: parameters.Wout.data.map((w) => factor * w) } },
    });
    for (const [factor, cosine] of [
      [1, 1],
      [-1, -1],
      [0.25, 1],
    ]) {
      const at = aligned(engineOf(), feedbackAlignment, through(factor));
      for (const part of upstream) {
        expect(at(part).cosine, part).toBeCloseTo(cosine, digits);
        expect(at(part).normRatio, part).toBeCloseTo(Math.abs(factor), digits);
      }
    }
  });

  it('has nothing to compare in parameters that keep their first values', () => {
    const at = aligned(engineOf(), eprop, { optimizer: { frozen: ['Win'] } });
    expect(at('Win')).toEqual({ cosine: null, normRatio: null });
    expect(at('Wrec').cosine).toBeLessThan(0.999);
  });
}

describe('on the reference engine', () => {
  lawsOn(() => referenceEngine, 12);

  it.each(rules.all)('$label: what is compared is what the next update takes, chance included', (rule) => {
    const network = referenceEngine.open(setupOf(rule, parameters), stateOf(rule, parameters));
    network.update(work.batch, work.noise);
    const before = network.state();
    const { gradient } = network.gradient(work.batch, work.noise);
    network.update(work.batch, work.noise);
    const { first } = network.state().moments;
    for (const name of parameterNames) {
      const expected = gradient[name].data.map(
        (g, i) => adam.beta1 * before.moments.first[name].data[i] + (1 - adam.beta1) * g,
      );
      expect(first[name].data, name).toEqual(expected);
    }
  });

  it.each(rules.all)('$label: comparing leaves its network as it was', (rule) => {
    const network = referenceEngine.open(setupOf(rule, parameters), stateOf(rule, parameters));
    const before = network.state();
    exactGradient(referenceEngine, setupOf(rule, parameters), before, work);
    expect(network.state()).toEqual(before);
  });
});

describeNative('on the native engine', () => {
  describe.each(instructionSets)('%s', (set) => lawsOn(() => nativeEngine(set, 2), 5));
});
