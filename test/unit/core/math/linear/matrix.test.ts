import { describe, expect, it } from 'vitest';
import {
  frobeniusNorm,
  innerProduct,
  matrixOf,
  times,
  transpose,
  transposeTimes,
} from '../../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { tensor } from '../../../../../src/core/math/tensor.ts';
import { randomMatrix } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

const a: Matrix = { rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) };
const b: Matrix = { rows: 3, cols: 2, data: Float64Array.of(7, 8, 9, 10, 11, 12) };

describe('matrix products', () => {
  it('gives the known product of two small matrices', () => {
    expect([...times(a, b).data]).toEqual([58, 64, 139, 154]);
  });

  it('transposes', () => {
    expect([...transpose(a).data]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  // around the tile of 4 × 2, and sums of every length
  it.each([
    [1, 1, 1],
    [3, 4, 2],
    [5, 5, 3],
    [7, 6, 7],
    [16, 9, 1],
  ])('multiplies Aᵀ B as the plain product of the transpose (%i samples, %i and %i units)', (k, m, n) => {
    const [x, y] = [randomMatrix(k, m, 1), randomMatrix(k, n, 2)];
    const product = transposeTimes(x, y);
    expect([product.rows, product.cols]).toEqual([m, n]);
    expect(largestDifference(product.data, times(transpose(x), y).data)).toBeLessThan(1e-15 * k);
  });

  it('measures norm and inner product', () => {
    expect(frobeniusNorm(a)).toBeCloseTo(Math.sqrt(91), 14);
    expect(innerProduct(a, transpose(b))).toBe(1 * 7 + 2 * 9 + 3 * 11 + 4 * 8 + 5 * 10 + 6 * 12);
  });

  it('refuses inner extents that differ', () => {
    expect(() => times(a, a)).toThrow(expect.objectContaining({ code: 'matrix.shape' }));
    expect(() => transposeTimes(a, b)).toThrow(/found 2 and 3/);
  });

  it('refuses a tensor with other than two axes', () => {
    expect(() => matrixOf(tensor([1, 2, 1], Float64Array.of(1, 2)))).toThrow(/2 axes, found 3 \(1 × 2 × 1\)/);
  });
});
