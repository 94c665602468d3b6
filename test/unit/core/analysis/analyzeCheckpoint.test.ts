import { describe, expect, it } from 'vitest';
import { analyzeCheckpoint } from '../../../../src/core/analysis/analyzeCheckpoint.ts';
import { datasetResults } from '../../../../src/core/analysis/datasetResults.ts';
import { tensor, zeros } from '../../../../src/core/math/tensor.ts';
import type { Tensor } from '../../../../src/core/math/tensor.ts';
import { metrics } from '../../../../src/core/metrics/index.ts';
import { randomMatrix, tensorOf } from '../../../support/matrices.ts';

const [trials, steps, units, inputs] = [3, 5, 4, 2];

/** A network whose rates are given and whose readout is its input. */
function echo(rates: Tensor, passes: number[] = []) {
  return {
    forward: (input: Tensor) => ({ rates, readout: input }),
    readout(input: Tensor) {
      passes.push(input.shape[0]);
      return input;
    },
  };
}

function batchOf(count: number, target: 'input' | 'other') {
  const shape = [count, steps, inputs];
  const input = tensor(shape, randomMatrix(count * steps, inputs, 5).data);
  return {
    trials: count,
    steps,
    input,
    target: target === 'input' ? input : tensor(shape, randomMatrix(count * steps, inputs, 6).data),
    mask: tensor(shape, new Float64Array(count * steps * inputs).fill(1)),
  };
}

const rates = tensor([trials, steps, units], randomMatrix(trials * steps, units, 1).data);
const task = { analysis: { batch: batchOf(trials, 'input'), start: 0, stop: steps } };
const recording = tensorOf(randomMatrix(trials * steps, 7, 2));
const byId = (results: ReturnType<typeof analyzeCheckpoint>) => new Map(results.map((r) => [r.id, r]));

describe('the analysis of a checkpoint', () => {
  it('gives a distance of 0 to a recording of the network itself, and no error for its own target', () => {
    const itself = tensor([trials * steps, units], rates.data);
    const results = byId(
      analyzeCheckpoint({ network: echo(rates), task, recording: itself, metrics: metrics.all, testSet: null }),
    );
    expect(results.get('procrustes')?.value).toBeLessThan(1e-7);
    expect(results.get('normalizedError')?.value).toBe(0);
    expect(results.get('participationRatio')?.value).toBeGreaterThan(1);
    expect(results.has('testError')).toBe(false);
  });

  it('scores the test set as a whole, in passes of at most 100 trials', () => {
    const passes: number[] = [];
    const network = echo(rates, passes);
    const good = byId(
      analyzeCheckpoint({ network, task, recording, metrics: metrics.all, testSet: batchOf(250, 'input') }),
    );
    expect(passes).toEqual([100, 100, 50]);
    expect(good.get('testError')?.value).toBe(0);
    const bad = byId(
      analyzeCheckpoint({ network, task, recording, metrics: metrics.all, testSet: batchOf(250, 'other') }),
    );
    expect(bad.get('testError')?.value).toBeGreaterThan(1);
    expect(bad.get('normalizedError')?.value).toBe(0);
  });

  it('gives null and the reason where a metric refuses, and the other numbers all the same', () => {
    const silent = echo(zeros([trials, steps, units]));
    const results = byId(analyzeCheckpoint({ network: silent, task, recording, metrics: metrics.all, testSet: null }));
    expect(results.get('procrustes')).toMatchObject({
      value: null,
      reason: expect.stringContaining('constant') as string,
    });
    expect(results.get('normalizedError')).toMatchObject({ value: 0, reason: null });
  });

  it('lets faults of the program pass', () => {
    const broken = { ...echo(rates), forward: () => ({ rates, readout: null as unknown as Tensor }) };
    expect(() => analyzeCheckpoint({ network: broken, task, recording, metrics: metrics.all, testSet: null })).toThrow(
      TypeError,
    );
  });
});

describe('the results of a recording', () => {
  it('have a baseline of 0 where all conditions are alike, and more where they differ', () => {
    const alike = tensor([2, 3, 2], Float64Array.of(1, 1, 2, 2, 4, 4, 5, 5, 1, 1, 0, 0));
    const differing = tensor([2, 3, 2], Float64Array.of(1, 3, 2, 0, 4, 4, 5, 1, 1, 7, 0, 2));
    const baseline = (activity: Tensor) =>
      datasetResults({ activity }).find((r) => r.id === 'crossConditionAverage')?.value;
    expect(baseline(alike)).toBeLessThan(1e-7);
    expect(baseline(differing)).toBeGreaterThan(0.1);
  });

  it('say why there is none when the average over conditions is constant', () => {
    const activity = tensor([1, 2, 2], Float64Array.of(1, 3, 3, 1));
    expect(datasetResults({ activity })[1]).toMatchObject({
      value: null,
      reason: expect.stringContaining('constant') as string,
    });
  });
});
