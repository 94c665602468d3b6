/** The float32 engines against the readable float64 one, on random networks of awkward sizes. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engines/engine.ts';
import { slopedActivationIds } from '../../src/core/models/activations.ts';
import { parameterNames, type NetworkShape } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { tensorflowEngine } from '../../src/platform/engines/tensorflow.ts';
import { probeBackend } from '../../src/platform/engines/tensorflow/backends.ts';
import { describeNative, instructionSets, nativeEngine } from '../support/nativeEngine.ts';
import { largestDifference } from '../support/reference.ts';
import { cosine, openNetwork, plainForm, randomBatch, randomParameters, randomTensor } from '../support/network.ts';

type Problem = { units: number; inputs: number; outputs: number; trials: number; steps: number };

/** units around the vector widths 4, 8, 16; trials around the tile of 6; steps around the block of 16 */
const sizes: Problem[] = [
  { units: 1, inputs: 1, outputs: 1, trials: 1, steps: 1 },
  { units: 5, inputs: 2, outputs: 1, trials: 6, steps: 16 },
  { units: 16, inputs: 3, outputs: 2, trials: 7, steps: 17 },
  { units: 31, inputs: 9, outputs: 3, trials: 13, steps: 33 },
  { units: 64, inputs: 1, outputs: 20, trials: 2, steps: 15 },
  { units: 67, inputs: 4, outputs: 2, trials: 200, steps: 3 },
];

function largestRelativeDifference(engine: Engine, rule: typeof bptt, size: Problem, options: object): number {
  const shape = { ...size, activation: 'tanh', alpha: 0.2, ...plainForm } satisfies NetworkShape & Problem;
  const parameters = randomParameters(shape, 7);
  const batch = randomBatch(shape, size.trials, size.steps, 11);
  const noise = randomTensor([size.trials, size.steps, size.units], 13, 0.1);
  const found = openNetwork(rule, parameters, { ...options, engine }).gradient(batch, noise);
  const expected = openNetwork(rule, parameters, options).gradient(batch, noise);
  const differences = parameterNames.map((name) => {
    const [f, e] = [found.gradient[name].data, expected.gradient[name].data];
    return largestDifference(f, e) / (largestDifference(e, new Float64Array(e.length)) || 1);
  });
  const losses = [found.loss.main / expected.loss.main - 1, found.loss.activity / expected.loss.activity - 1];
  return Math.max(...differences, ...losses.map(Math.abs));
}

function agreesWithReference(engine: () => Engine, problems: readonly Problem[]): void {
  describe.each([bptt, eprop])('$id', (rule) => {
    it.each(problems)('$units units, $inputs inputs, $outputs outputs, $trials trials, $steps steps', (size) => {
      expect(largestRelativeDifference(engine(), rule, size, { activation: 'retanh' })).toBeLessThan(1e-5);
    });
    it.each(slopedActivationIds)('%s', (activation) => {
      expect(largestRelativeDifference(engine(), rule, sizes[2], { activation })).toBeLessThan(1e-5);
    });
  });
}

describeNative('loss and gradient of the native engine are those of the reference engine', () => {
  describe.each(instructionSets)('%s', (set) => agreesWithReference(() => nativeEngine(set, 2), sizes));

  it.each(instructionSets)('and differ between the rules (%s)', (set) => {
    const shape: NetworkShape = { units: 20, inputs: 3, outputs: 2, activation: 'retanh', alpha: 0.2, ...plainForm };
    const parameters = randomParameters(shape, 3);
    const batch = randomBatch(shape, 8, 20, 5);
    const [p, q] = [bptt, eprop].map((rule) => openNetwork(rule, parameters, { engine: nativeEngine(set) }));
    const [exact, local] = [p.gradient(batch, null).gradient, q.gradient(batch, null).gradient];
    expect(cosine(exact, local, ['Wrec'])).toBeLessThan(0.99);
    expect(cosine(exact, local, ['Wout', 'bout'])).toBeCloseTo(1, 6);
  });
});

const backends = ['wasm', 'cpu'] as const;
const probes = await Promise.all(backends.map((id) => probeBackend(id)));

describe.each(backends)('loss and gradient of TensorFlow.js (%s) are those of the reference engine', (id) => {
  const probe = probes[backends.indexOf(id)];
  if ('reason' in probe) it.skip(`skipped: ${probe.reason}`, () => {});
  else agreesWithReference(() => tensorflowEngine(probe), id === 'wasm' ? sizes.slice(0, 4) : sizes.slice(0, 2));
});
