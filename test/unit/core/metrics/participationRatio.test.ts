import { describe, expect, it } from 'vitest';
import { participationRatio } from '../../../../src/core/metrics/participationRatio.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { lowRankMatrix, randomRotation, tensorOf } from '../../../support/matrices.ts';

describe('participation ratio', () => {
  it('is 1 when all units move together', () => {
    expect(participationRatio.measure(tensorOf(lowRankMatrix(50, 10, 1, 1)))).toBeCloseTo(1, 12);
  });

  it('is the number of units when all directions vary alike', () => {
    const rotation = randomRotation(9, 1);
    const data = Float64Array.from([...rotation.data, ...rotation.data.map((v) => -v)]);
    expect(participationRatio.measure(tensor([18, 9], data))).toBeCloseTo(9, 12);
  });

  it('is (4 + 1)² / (16 + 1) for variances 4 and 1', () => {
    const x = tensor([4, 2], Float64Array.of(2, 0, -2, 0, 0, 1, 0, -1));
    expect(participationRatio.measure(x)).toBeCloseTo(25 / 17, 14);
  });

  it('is the same whether there are more units than samples or copies of samples', () => {
    const x = lowRankMatrix(6, 15, 4, 1);
    const twice = tensor([12, 15], Float64Array.from([...x.data, ...x.data]));
    expect(participationRatio.measure(tensorOf(x))).toBeCloseTo(participationRatio.measure(twice), 10);
    const many = tensor([24, 15], Float64Array.from([...twice.data, ...twice.data]));
    expect(participationRatio.measure(many)).toBeCloseTo(participationRatio.measure(twice), 10);
  });

  it('refuses constant activity', () => {
    const constant = tensor([3, 2], Float64Array.of(1, 2, 1, 2, 1, 2));
    expect(() => participationRatio.measure(constant)).toThrow(expect.objectContaining({ code: 'metric.constant' }));
  });
});
