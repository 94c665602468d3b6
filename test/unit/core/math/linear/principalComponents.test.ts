import { describe, expect, it } from 'vitest';
import { frobeniusNorm } from '../../../../../src/core/math/linear/matrix.ts';
import {
  centerColumns,
  componentsForVariance,
  principalComponents,
  project,
} from '../../../../../src/core/math/linear/principalComponents.ts';
import { randomMatrix } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

describe('principal components', () => {
  // two units along (1, 1) with variance 10, along (1, −1) with variance 0
  const line = { rows: 3, cols: 2, data: Float64Array.of(1, 5, 3, 7, 5, 9) };

  it('find the axis and the variance of points on a line', () => {
    const { means, variances, axes } = principalComponents(line);
    expect([...means]).toEqual([3, 7]);
    expect(largestDifference(variances, [8, 0])).toBeLessThan(1e-14);
    expect(Math.abs(axes.data[0])).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('keep all of the centred activity when all are kept', () => {
    const x = randomMatrix(40, 6, 1);
    const scores = project(x, principalComponents(x), 6);
    expect(frobeniusNorm(scores)).toBeCloseTo(frobeniusNorm(centerColumns(x)), 12);
  });

  it('keep no more than there are', () => {
    const x = randomMatrix(4, 9, 1);
    expect(project(x, principalComponents(x), 20).cols).toBe(4);
  });

  it('counts the fewest that hold more than a share of the variance', () => {
    const components = {
      means: new Float64Array(4),
      variances: Float64Array.of(5, 3, 1, 1),
      axes: randomMatrix(4, 4, 1),
    };
    expect([0.4, 0.5, 0.79, 0.85, 1].map((share) => componentsForVariance(components, share))).toEqual([1, 2, 2, 3, 4]);
  });
});
