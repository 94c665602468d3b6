/** Networks side by side learn what each would learn alone. */
import { describe, expect, it } from 'vitest';
import type { Engine, UpdateReport, Work } from '../../src/core/engines/engine.ts';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { LabError } from '../../src/core/errors.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { rules } from '../../src/core/rules/index.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import { tensorflowEngine } from '../../src/platform/engines/tensorflow.ts';
import { probeBackend } from '../../src/platform/engines/tensorflow/backends.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import { randomBatch, randomParameters, randomTensor, setupOf, smallShape, stateOf } from '../support/network.ts';

const parameters = [10, 20, 30].map((seed) => randomParameters(smallShape, seed));

/** Network i's work of update k, or null: each sits one update out. */
function work(i: number, k: number): Work | null {
  if ((i + k) % 3 === 0) return null;
  const noise = k === 1 ? randomTensor([2, 5, smallShape.units], 7 * i + k, 0.1) : null;
  return { batch: randomBatch(smallShape, 2, 5, 100 * i + 10 * k), noise };
}

function expectAloneAsInCompany(engine: Engine, rule: LearningRule): void {
  const setup = setupOf(rule, parameters[0]);
  const states = parameters.map((p) => stateOf(rule, p, { engine }));
  const ensemble = engine.openMany(setup, states);
  const alone = states.map((state) => engine.open(setup, state));
  expect(ensemble.size).toBe(3);
  for (let k = 0; k < 4; k++) {
    const other = work(k % 3, 2 * k + 1)!;
    expect(ensemble.gradient(k % 3, other)).toEqual(alone[k % 3].gradient(other.batch, other.noise));
    const together = ensemble.update([0, 1, 2].map((i) => work(i, k)));
    const reports = alone.map((network, i): UpdateReport | null => {
      const own = work(i, k);
      return own && network.update(own.batch, own.noise);
    });
    expect(together).toEqual(reports);
  }
  alone.forEach((network, i) => {
    expect(ensemble.state(i)).toEqual(network.state());
    network.close();
  });
  ensemble.close();
}

function expectOthersGoOn(engine: Engine): void {
  const states = parameters.map((p) => stateOf(bptt, p, { engine }));
  const ensemble = engine.openMany(setupOf(bptt, parameters[0]), states);
  const good = work(0, 1)!;
  const broken = { ...good, batch: { ...good.batch, input: randomTensor([2, 5, 3], 1, Infinity) } };
  const [first, second, third] = ensemble.update([good, broken, good]);
  expect(second).toBeInstanceOf(LabError);
  expect(second).toMatchObject({ code: 'training.diverged', message: expect.stringContaining('update 1') });
  expect(ensemble.state(1)).toEqual(states[1]);
  for (const report of [first, third]) expect(report).toMatchObject({ update: 1 });
  expect(ensemble.update([null, good, null])[1]).toMatchObject({ update: 1 });
  ensemble.close();
}

function obeys(engineOf: () => Engine, offered: readonly LearningRule[]): void {
  it.each(offered)('$label: alone as in company', (rule) => expectAloneAsInCompany(engineOf(), rule));
  it('a network that diverges keeps its weights; the others go on', () => expectOthersGoOn(engineOf()));
}

describe('on the reference engine', () => obeys(() => referenceEngine, rules.all));

describeNative('on the native engine', () => {
  describe.each(instructionSets)('%s', (set) => {
    const offered = rules.all.filter((rule) => nativeEngine(set).refusal(setupOf(rule, parameters[0])) === null);
    obeys(() => nativeEngine(set, 2), offered);
  });
});

const probe = await probeBackend('cpu');
describe('on TensorFlow.js', () => {
  if ('reason' in probe) return it.skip(`skipped: ${probe.reason}`, () => {});
  const engine = tensorflowEngine(probe);
  const offered = rules.all.filter((rule) => engine.refusal(setupOf(rule, parameters[0])) === null);
  return obeys(() => engine, offered);
});
