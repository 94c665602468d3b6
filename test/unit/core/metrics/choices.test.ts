import { describe, expect, it } from 'vitest';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { crossEntropy } from '../../../../src/core/metrics/crossEntropy.ts';
import { fractionCorrect } from '../../../../src/core/metrics/fractionCorrect.ts';
import { performanceMetrics } from '../../../../src/core/metrics/performance.ts';
import { codeOf } from '../../../support/files.ts';

/** 1 trial, 4 steps, 3 outputs: waiting, waiting, choice 1, choice 2 */
const target = tensor([1, 4], Float64Array.of(0, 0, 1, 2));
const all = tensor([1, 4], Float64Array.of(1, 1, 1, 1));
const readout = (...values: number[]) => tensor([1, 4, 3], Float64Array.from(values));
const right = readout(9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9);

describe('cross-entropy', () => {
  it('is log 3 for three equal outputs, near 0 when sure and right, large when sure and wrong', () => {
    expect(crossEntropy.score(readout(...Array<number>(12).fill(4)), target, all)).toBeCloseTo(Math.log(3), 12);
    expect(crossEntropy.score(right, target, all)).toBeLessThan(3e-4);
    const wrong = readout(0, 9, 0, 0, 9, 0, 9, 0, 0, 9, 0, 0);
    expect(crossEntropy.score(wrong, target, all)).toBeGreaterThan(8.9);
  });

  it('counts what the mask counts, and does not overflow', () => {
    const wrongAtFirst = readout(0, 900, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9);
    expect(crossEntropy.score(wrongAtFirst, target, tensor([1, 4], Float64Array.of(0, 1, 1, 1)))).toBeLessThan(3e-4);
    expect(crossEntropy.score(wrongAtFirst, target, all)).toBeCloseTo(900 / 4, 3);
  });
});

describe('fraction correct', () => {
  it('counts the steps of the decision alone', () => {
    expect(fractionCorrect.score(right, target, all)).toBe(1);
    expect(fractionCorrect.score(readout(0, 9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0), target, all)).toBe(0.5);
    expect(fractionCorrect.score(readout(9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0), target, all)).toBe(0);
    expect(
      fractionCorrect.score(
        readout(0, 9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 9),
        target,
        tensor([1, 4], Float64Array.of(1, 1, 0, 1)),
      ),
    ).toBe(1);
  });

  it('has no value where nothing is to be chosen', () => {
    const waiting = tensor([1, 4], new Float64Array(4));
    expect(codeOf(() => fractionCorrect.score(right, waiting, all))).toBe('metric.nothingCounted');
  });
});

it.each([crossEntropy, fractionCorrect])('$id refuses what does not fit', (metric) => {
  const score = metric.score.bind(metric);
  expect(codeOf(() => score(readout(...Array<number>(12).fill(NaN)), target, all))).toBe('metric.notFinite');
  expect(codeOf(() => score(right, tensor([1, 4], Float64Array.of(0, 0, 1, 3)), all))).toBe('metric.choice');
  expect(codeOf(() => score(right, tensor([1, 3], new Float64Array(3)), all))).toBe('metric.shape');
  expect(codeOf(() => score(right, target, tensor([1, 4], new Float64Array(4))))).toBe('metric.nothingCounted');
});

it('what counts as accuracy follows the loss and the conventions', () => {
  const label = (...of: Parameters<typeof performanceMetrics>) => performanceMetrics(...of).accuracy.accuracy.label;
  expect(label('mean-squared-error', 'published')).toBe('1 − normalised error');
  expect(label('mean-squared-error', 'corrected')).toBe('1 − normalised error');
  expect(label('cross-entropy', 'published')).toBe('1 − cross-entropy');
  expect(label('cross-entropy', 'corrected')).toBe('fraction correct');
  expect(performanceMetrics('cross-entropy', 'corrected').error).toBe(crossEntropy);
});
