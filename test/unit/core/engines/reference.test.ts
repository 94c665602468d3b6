import { describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/core/errors.ts';
import { tensor, type Tensor } from '../../../../src/core/math/tensor.ts';
import type { Parameters } from '../../../../src/core/models/parameters.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import type { Batch } from '../../../../src/core/tasks/task.ts';
import { openNetwork, randomBatch, randomParameters, randomTensor, smallShape } from '../../../support/network.ts';

const of = (shape: number[], ...values: number[]): Tensor => tensor(shape, Float64Array.from(values));

/** One linear unit that keeps half of its state: h[1] = 0.5 a0 + 0.5 (2 h0 + 3 x + 1), y = 4 h − 1. */
const single: Parameters = {
  a0: of([1], 0.2),
  Win: of([1, 1], 3),
  Wrec: of([1, 1], 2),
  b: of([1], 1),
  Wout: of([1, 1], 4),
  bout: of([1], -1),
};
const linear = { activation: 'linear', alpha: 0.5, activityPenalty: 10 } as const;

describe('the reference engine', () => {
  it('runs one linear unit as worked out by hand', () => {
    const { rates, readout } = openNetwork(bptt, single, linear).forward(of([1, 2, 1], 1, 0));
    // a: 0.1 + 0.5 (0.4 + 3 + 1) = 2.3, then 1.15 + 0.5 (4.6 + 1) = 3.95
    expect([...rates.data].map((v) => Number(v.toFixed(12)))).toEqual([2.3, 3.95]);
    expect([...readout.data].map((v) => Number(v.toFixed(12)))).toEqual([8.2, 14.8]);
  });

  it('adds noise to the rates before they are read out and fed back', () => {
    const batch: Batch = {
      trials: 1,
      steps: 2,
      input: of([1, 2, 1], 1, 0),
      target: of([1, 2, 1], 0, 0),
      mask: of([1, 2, 1], 1, 1),
    };
    const { loss } = openNetwork(bptt, single, linear).gradient(batch, of([1, 2, 1], 0.1, -0.05));
    // rates 2.4 and 1.15 + 0.5 (4.8 + 1) − 0.05 = 4; readout 8.6 and 15
    expect(loss.main).toBeCloseTo((8.6 ** 2 + 15 ** 2) / 2, 10);
    expect(loss.activity).toBeCloseTo((10 * (2.4 ** 2 + 4 ** 2)) / 2, 10);
  });

  it('runs one unit whose rate leaks, as worked out by hand', () => {
    // u: 2 · 0.2 + 3 + 1 = 4.4, h: 0.5 (0.2 + 4.4) = 2.3; then u = 5.6, h = 3.95: a linear unit may leak either way
    const { rates } = openNetwork(bptt, single, { ...linear, leak: 'rate' }).forward(of([1, 2, 1], 1, 0));
    expect([...rates.data].map((v) => Number(v.toFixed(12)))).toEqual([2.3, 3.95]);
    // rectified, with a bias of −9: u = −4.6 and −8.8, φ = 0: the rate halves from 0.2
    const quiet = openNetwork(bptt, { ...single, b: of([1], -9) }, { ...linear, activation: 'ReLU', leak: 'rate' });
    expect([...quiet.forward(of([1, 2, 1], 1, 0)).rates.data]).toEqual([0.1, 0.05]);
  });

  it('gives each unit its time constant', () => {
    const parameters = { ...randomParameters(smallShape, 3), Wrec: randomTensor([9, 9], 1, 0) };
    const alpha = Array.from({ length: 9 }, (_, i) => 0.1 * (i + 1));
    const { input } = randomBatch(smallShape, 2, 5, 4);
    const { rates } = openNetwork(bptt, parameters, { alpha }).forward(input);
    alpha.forEach((own, i) => {
      const same = openNetwork(bptt, parameters, { alpha: own }).forward(input).rates;
      for (let k = i; k < rates.data.length; k += 9) expect(rates.data[k]).toBe(same.data[k]);
    });
  });

  it('reports the penalty on blocks of recurrent weights', () => {
    const parameters = randomParameters(smallShape, 3);
    const batch = randomBatch(smallShape, 3, 8, 4);
    const { weights, ...rest } = openNetwork(bptt, parameters, { blockPenalty: 2 }).update(batch, null);
    const Wrec = parameters.Wrec.data;
    const inBlocks = Array.from(Wrec).filter((_, k) => k < 72 && k % 9 < 8 && k % 9 < 4 !== k < 36);
    expect(inBlocks).toHaveLength(32);
    expect(weights).toBeCloseTo(2 * inBlocks.reduce((sum, w) => sum + w * w, 0), 12);
    const without = openNetwork(bptt, parameters).update(batch, null);
    expect(without).toMatchObject({ weights: 0, main: rest.main, activity: rest.activity });
  });

  it('stops at a gradient that is not finite, although the loss is', () => {
    const steep = { ...randomParameters(smallShape, 3), Wout: randomTensor([2, 9], 1, 1e153) };
    const batch = randomBatch(smallShape, 3, 8, 4);
    const network = openNetwork(bptt, steep);
    expect(network.gradient(batch, null).loss.main).toBeLessThan(Infinity);
    expect(() => network.update(batch, null)).toThrow(expect.objectContaining({ code: 'training.diverged' }));
    expect(network.state().update).toBe(0);
  });

  it('lowers the activity penalty by a third while it rivals the error, and keeps it then', () => {
    const parameters = randomParameters(smallShape, 3);
    const batch = randomBatch(smallShape, 3, 8, 4);
    const heavy = openNetwork(bptt, parameters, { activityPenalty: 90 });
    expect(heavy.update(batch, null).activityPenalty).toBeCloseTo(60, 12);
    expect(heavy.update(batch, null).activityPenalty).toBeCloseTo(40, 12);
    expect(heavy.state().activityPenalty).toBeCloseTo(40, 12);
    const light = openNetwork(bptt, parameters, { activityPenalty: 1e-3 });
    expect(light.update(batch, null).activityPenalty).toBe(1e-3);
  });

  it('reads out the same with and without keeping the rates', () => {
    const network = openNetwork(bptt, randomParameters(smallShape, 3));
    const { input } = randomBatch(smallShape, 3, 8, 4);
    expect(network.readout(input)).toEqual(network.forward(input).readout);
  });

  it('reports the norm of the gradient after clipping', () => {
    const batch = randomBatch(smallShape, 3, 8, 4);
    const network = openNetwork(bptt, randomParameters(smallShape, 3), { optimizer: { clipNorm: 0.01 } });
    expect(network.update(batch, null).gradientNorm).toBeCloseTo(0.01, 6);
  });

  it('hands out copies of its state, and takes one', () => {
    const parameters = randomParameters(smallShape, 3);
    const network = openNetwork(bptt, parameters);
    const { data } = network.state().parameters.Wrec;
    data.fill(0);
    parameters.Win.data.fill(0);
    expect(network.state().parameters.Wrec.data.some((w) => w !== 0)).toBe(true);
    expect(network.state().parameters.Win.data.some((w) => w !== 0)).toBe(true);
  });

  it('stops at a loss that is not finite, names the update and leaves the weights as they were', () => {
    const batch = randomBatch(smallShape, 3, 8, 4);
    const network = openNetwork(bptt, randomParameters(smallShape, 3));
    network.update(batch, null);
    const before = network.state();
    const broken = { ...batch, input: randomTensor([3, 8, 3], 1, Infinity) };
    let error: unknown;
    try {
      network.update(broken, null);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(LabError);
    expect(error).toMatchObject({ code: 'training.diverged' });
    expect((error as LabError).message).toContain('update 2');
    expect(network.state()).toEqual(before);
  });
});
