import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/core/errors.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { eprop } from '../../../../src/core/rules/eprop.ts';
import { feedbackAlignment } from '../../../../src/core/rules/feedbackAlignment.ts';
import type { LearningRule } from '../../../../src/core/rules/rule.ts';
import { truncatedBptt } from '../../../../src/core/rules/truncatedBptt.ts';
import { tensorflowEngine } from '../../../../src/platform/engines/tensorflow.ts';
import { backendIds, probeBackend, type Backend } from '../../../../src/platform/engines/tensorflow/backends.ts';
import {
  largestDifferenceOf,
  openNetwork,
  randomBatch,
  randomParameters,
  randomTensor,
  setupOf,
  smallShape,
  type NetworkOptions,
} from '../../../support/network.ts';

async function working(id: 'wasm' | 'cpu'): Promise<Backend> {
  const probe = await probeBackend(id);
  if ('reason' in probe) throw new Error(probe.reason);
  return probe;
}

describe('probeBackend', () => {
  it.each(backendIds)('finds %s working or says why not', async (id) => {
    const probe = await probeBackend(id);
    if ('reason' in probe) expect(probe.reason).toContain('@tensorflow/');
    else expect(typeof probe.tf.matMul).toBe('function');
  });

  it('leaves the handling of uncaught errors to the program', async () => {
    const before = process.listenerCount('uncaughtException');
    await probeBackend('wasm');
    expect(process.listenerCount('uncaughtException')).toBe(before);
  });
});

describe.each(['wasm', 'cpu'] as const)('tensorflowEngine on %s', (id) => {
  const parameters = randomParameters(smallShape, 1);
  const batch = randomBatch(smallShape, 5, 10, 2);

  it('holds no more tensors after many updates than before', async () => {
    const backend = await working(id);
    for (const rule of [bptt, eprop]) {
      const network = openNetwork(rule, parameters, { engine: tensorflowEngine(backend) });
      const before = backend.tf.memory().numTensors;
      for (let i = 0; i < 4; i++) network.update(batch, randomTensor([5, 10, smallShape.units], i, 0.1));
      network.forward(batch.input);
      expect(backend.tf.memory().numTensors).toBe(before);
    }
  });

  it('gives the readout of a large test set as the forward pass does', async () => {
    const network = openNetwork(bptt, parameters, { engine: tensorflowEngine(await working(id)) });
    const { input } = randomBatch(smallShape, 130, 4, 3);
    const [pass, readout] = [network.forward(input).readout, network.readout(input)];
    expect(readout.shape).toEqual([130, 4, smallShape.outputs]);
    for (const [i, y] of readout.data.entries()) expect(y).toBeCloseTo(pass.data[i], 5);
  });

  it('gives each unit its time constant', async () => {
    const alpha = Array.from({ length: smallShape.units }, (_, i) => 0.1 * (i + 1));
    const engine = tensorflowEngine(await working(id));
    const [found, expected] = [{ alpha, engine }, { alpha }].map((options) =>
      openNetwork(bptt, parameters, options).gradient(batch, null),
    );
    expect(largestDifferenceOf(found.gradient, expected.gradient)).toBeLessThan(1e-5);
  });

  it.each<[string, LearningRule, NetworkOptions]>([
    ['Truncated BPTT, only with BPTT and e-prop', truncatedBptt, {}],
    ['Feedback alignment, only with BPTT and e-prop', feedbackAlignment, {}],
    ['no cross-entropy', bptt, { loss: 'cross-entropy' }],
    ['not on the rate', bptt, { leak: 'rate' }],
    ["Dale's law", bptt, { dale: true }],
    ['no penalty on blocks', bptt, { blockPenalty: 0.1 }],
    ['leave out connections', bptt, { wiring: { mask: randomTensor([9, 9], 1) } }],
  ])('says that it has %s', async (words, rule, options) => {
    const engine = tensorflowEngine(await working(id));
    if (!options.wiring) expect(engine.refusal(setupOf(rule, parameters, options))).toContain(words);
    expect(() => openNetwork(rule, parameters, { ...options, engine })).toThrow(
      expect.objectContaining({ code: 'engine.refused', message: expect.stringContaining(words) }),
    );
  });

  it('resumes from its state bit for bit', async () => {
    const engine = tensorflowEngine(await working(id));
    const unbroken = openNetwork(eprop, parameters, { engine });
    const first = openNetwork(eprop, parameters, { engine });
    for (let i = 0; i < 3; i++) unbroken.update(batch, null);
    first.update(batch, null);

    const second = engine.open(setupOf(eprop, parameters), first.state());
    for (let i = 0; i < 2; i++) second.update(batch, null);
    expect(second.state()).toEqual(unbroken.state());
  });

  it('stops with the number of the update when the loss is not finite', async () => {
    const network = openNetwork(bptt, parameters, { engine: tensorflowEngine(await working(id)) });
    const poisoned = { ...batch, input: { ...batch.input, data: batch.input.data.map(() => NaN) } };
    expect(() => network.update(poisoned, null)).toThrow(LabError);
    expect(() => network.update(poisoned, null)).toThrow(/update 1\b/);
  });
});
