/** The native engine repeats bit for bit, whatever the number of threads, and goes on from a saved state as if unbroken. */
import { expect, it } from 'vitest';
import type { EngineState, Network } from '../../src/core/engines/engine.ts';
import { parameterNames, type NetworkShape } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { epropAdaptive } from '../../src/core/rules/epropAdaptive.ts';
import { recurrentFeedbackAlignment } from '../../src/core/rules/recurrentFeedbackAlignment.ts';
import { rflo } from '../../src/core/rules/rflo.ts';
import { snap1 } from '../../src/core/rules/snap1.ts';
import { threeFactor } from '../../src/core/rules/threeFactor.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import {
  adam,
  openNetwork,
  plainForm,
  plainLoss,
  randomBatch,
  randomParameters,
  randomTensor,
  setupOf,
} from '../support/network.ts';

const shape: NetworkShape = { units: 50, inputs: 3, outputs: 2, activation: 'retanh', alpha: 0.1, ...plainForm };
const parameters = randomParameters(shape, 1);
const batch = randomBatch(shape, 45, 40, 2);
const noise = randomTensor([45, 40, 50], 3, 0.05);
const longer = randomBatch(shape, 250, 55, 4);

/** All numbers of a state in one array. */
function numbersOf({ update, activityPenalty, parameters: p, moments, wiring }: EngineState): number[] {
  const flat = [p, moments.first, moments.second].flatMap((each) =>
    parameterNames.flatMap((name) => Array.from(each[name].data)),
  );
  const feedback = [wiring.Bout, wiring.Brec].flatMap((matrix) => (matrix ? Array.from(matrix.data) : []));
  return [update, activityPenalty, ...flat, ...feedback];
}

function train(network: Network, updates: number): EngineState {
  for (let i = 0; i < updates; i++) network.update(i % 2 === 0 ? batch : longer, i % 2 === 0 ? noise : null);
  return network.state();
}

describeNative('the native engine', () => {
  it.each(instructionSets)('gives the same bits in every run and with 1, 2, 3 and 8 threads (%s)', (set) => {
    for (const rule of [bptt, eprop, snap1, rflo, epropAdaptive, threeFactor, recurrentFeedbackAlignment]) {
      const run = (threads: number) =>
        numbersOf(train(openNetwork(rule, parameters, { engine: nativeEngine(set, threads) }), 6));
      const once = run(1);
      expect(once.every(Number.isFinite)).toBe(true);
      for (const threads of [1, 2, 3, 8]) expect(run(threads)).toEqual(once);
    }
  });

  it.each(instructionSets)('gives the same bits after stopping and resuming from its state (%s)', (set) => {
    const engine = nativeEngine(set, 2);
    const setup = { shape, rule: bptt, ...plainLoss, optimizer: { ...adam, clipNorm: 0.5 } };
    const open = () => openNetwork(bptt, parameters, { engine, alpha: 0.1, optimizer: { clipNorm: 0.5 } });
    const unbroken = numbersOf(train(open(), 4));
    const half = train(open(), 2);
    expect(numbersOf(train(engine.open({ ...setup, shape: { ...shape, activation: 'tanh' } }, half), 2))).toEqual(
      unbroken,
    );
  });

  it.each(instructionSets)('goes on from a saved state with feedback that follows the readout (%s)', (set) => {
    const engine = nativeEngine(set, 2);
    const options = { engine, activation: 'tanh', alpha: 0.1 } as const;
    const unbroken = train(openNetwork(epropAdaptive, parameters, options), 4);
    const half = train(openNetwork(epropAdaptive, parameters, options), 2);
    expect(half.wiring.Bout).not.toEqual(unbroken.wiring.Bout);
    const resumed = train(engine.open(setupOf(epropAdaptive, parameters, options), half), 2);
    expect(numbersOf(resumed)).toEqual(numbersOf(unbroken));
  });

  it.each(instructionSets)('changes nothing by computing a gradient or a forward pass (%s)', (set) => {
    const network = openNetwork(bptt, parameters, { engine: nativeEngine(set, 2) });
    const before = numbersOf(network.state());
    network.gradient(longer, null);
    const { rates, readout } = network.forward(batch.input);
    expect(network.readout(batch.input).data).toEqual(readout.data);
    expect(rates.shape).toEqual([45, 40, 50]);
    expect(numbersOf(network.state())).toEqual(before);
  });
});
