import { describe, expect, it } from 'vitest';
import { recordingParts } from '../../../../../src/core/analysis/recording/index.ts';
import { populationRate } from '../../../../../src/core/analysis/recording/populationRate.ts';
import { quantileOf } from '../../../../../src/core/statistics/summary.ts';
import { recordingComponents } from '../../../../../src/core/analysis/recording/recordingComponents.ts';
import { recordingFacts } from '../../../../../src/core/analysis/recording/recordingFacts.ts';
import { samplesByNeurons } from '../../../../../src/core/analysis/activityMatrix.ts';
import { tensor } from '../../../../../src/core/math/tensor.ts';
import { participationRatio } from '../../../../../src/core/metrics/participationRatio.ts';
import { fullDataset } from '../../../../support/fullDataset.ts';
import { syntheticRecording } from '../../../../support/syntheticRecording.ts';

describe('facts of a recording', () => {
  it('count the trials themselves where they are there', () => {
    const dataset = fullDataset({ trialsOf: 4 });
    dataset.singleTrials!.push({ condition: 1, neurons: [2], activity: tensor([1, 16], new Float64Array(16)) });
    expect(recordingFacts(dataset).trials).toEqual({
      from: 'singleTrials',
      total: null,
      mean: [4, 4.2, 4],
      least: [4, 4, 4],
      most: [4, 5, 4],
    });
    expect(recordingFacts(fullDataset({ trialsOf: 4 })).trials?.total).toBe(12);
  });

  it('take the number of trials that the file tells, or say that it is not known', () => {
    const averages = fullDataset({ trialsOf: 0 });
    expect(recordingFacts(averages).trials).toBeNull();
    averages.facts['trialsPerNeuron'] = tensor([3], Float64Array.of(2, 3.5, 4));
    expect(recordingFacts(averages).trials).toMatchObject({ from: 'facts', total: null, mean: [2, 3.5, 4] });
  });

  it('find rates, and neurons that never change', () => {
    const activity = tensor([3, 2, 1], Float64Array.of(1, 5, 4, 4, 0, 0));
    const { meanRate, leastRate, mostRate, constantNeurons, missing, values } = recordingFacts({
      ...fullDataset({ trialsOf: 0 }),
      activity,
    });
    expect({ meanRate, leastRate, mostRate, constantNeurons, missing, values }).toEqual({
      meanRate: 14 / 6,
      leastRate: 0,
      mostRate: 5,
      constantNeurons: [1, 2],
      missing: 0,
      values: 6,
    });
  });
});

describe('the population rate', () => {
  it('averages over neurons by condition, and tells the spread over neurons', () => {
    // 2 neurons × 2 steps × 2 conditions
    const activity = tensor([2, 2, 2], Float64Array.of(0, 2, 4, 6, 2, 4, 6, 16));
    const { byCondition, errors, mean, quantiles, ofNeurons } = populationRate(activity);
    expect(byCondition).toEqual([
      [1, 5],
      [3, 11],
    ]);
    expect(errors![1][1]).toBeCloseTo(Math.sqrt(((6 - 11) ** 2 + (16 - 11) ** 2) / 1 / 2), 12);
    expect(mean).toEqual([2, 8]);
    expect(quantiles[2]).toEqual([2, 8]);
    expect(quantiles[0][0]).toBeCloseTo(1 + 0.05 * 2, 12);
    expect(ofNeurons).toEqual([3, 7]);
  });

  it('takes quantiles as NumPy does', () => {
    expect(quantileOf([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantileOf([1, 2, 4, 8], 0.9)).toBeCloseTo(6.8, 12);
    expect(quantileOf([7], 0.25)).toBe(7);
  });
});

describe('components of a recording', () => {
  const activity = syntheticRecording({ neurons: 20, latents: 3, noise: 0 });

  it('hold all of the variance, most in the first', () => {
    const { shares, ninety, scores } = recordingComponents(activity);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(shares.slice(3).every((share) => share < 1e-12)).toBe(true);
    expect(ninety).toBeLessThanOrEqual(3);
    expect(scores).toHaveLength(6);
    expect(scores[0]).toHaveLength(30 * 6);
    const variance = scores.map((s) => s.reduce((sum, v) => sum + v * v, 0));
    expect(variance[1] / variance[0]).toBeCloseTo(shares[1] / shares[0], 9);
  });

  it('have the participation ratio of the metric', () => {
    const noisy = syntheticRecording({ neurons: 12, noise: 0.5 });
    expect(recordingComponents(noisy).participationRatio).toBeCloseTo(participationRatio.measure(samplesByNeurons(noisy)), 9); // prettier-ignore
  });

  it('are refused where nothing varies', () => {
    expect(() => recordingComponents(tensor([2, 3, 1], new Float64Array(6).fill(2)))).toThrow(/components/);
  });
});

describe('parts of a page', () => {
  it('are plain JSON', () => {
    const dataset = fullDataset();
    for (const part of ['overview', 'components', 'reliability'] as const) {
      const found = recordingParts[part](dataset);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }
  });

  it('need single trials for the reliability', () => {
    expect(() => recordingParts.reliability(fullDataset({ trialsOf: 0 }))).toThrow(
      expect.objectContaining({ code: 'recording.trials' }),
    );
  });
});
