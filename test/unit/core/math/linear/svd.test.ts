import { describe, expect, it } from 'vitest';
import { times, transpose } from '../../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { svd } from '../../../../../src/core/math/linear/svd.ts';
import type { Svd } from '../../../../../src/core/math/linear/svd.ts';
import { lowRankMatrix, randomMatrix } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

function rebuilt({ values, left, right }: Svd): Matrix {
  const scaled = { ...right, data: right.data.map((v, k) => v * values[Math.floor(k / right.cols)]) };
  return times(transpose(left), scaled);
}

/** Largest deviation of V Vᵀ from the identity, in the first `rank` rows. */
function skewness(vectors: Matrix, rank: number): number {
  const first = { rows: rank, cols: vectors.cols, data: vectors.data.slice(0, rank * vectors.cols) };
  const gram = times(first, transpose(first));
  return Math.max(...gram.data.map((v, k) => Math.abs(v - (k % (rank + 1) === 0 ? 1 : 0))));
}

describe('singular value decomposition', () => {
  it.each([
    [6, 6],
    [30, 11],
    [11, 30],
  ])('rebuilds the matrix from orthonormal vectors (%i × %i)', (rows, cols) => {
    const a = randomMatrix(rows, cols, 8);
    const parts = svd(a);
    expect(largestDifference(rebuilt(parts).data, a.data)).toBeLessThan(1e-14);
    expect(skewness(parts.left, Math.min(rows, cols))).toBeLessThan(1e-13);
    expect(skewness(parts.right, Math.min(rows, cols))).toBeLessThan(1e-13);
    expect([...parts.values]).toEqual([...parts.values].sort((p, q) => q - p));
  });

  it('sets values and vectors beyond the rank to zero and still rebuilds', () => {
    const a = lowRankMatrix(15, 9, 4, 2);
    const parts = svd(a);
    expect(parts.values.filter((s) => s > 0)).toHaveLength(4);
    expect(parts.left.data.slice(4 * 15).every((v) => v === 0)).toBe(true);
    expect(skewness(parts.left, 4)).toBeLessThan(1e-13);
    expect(largestDifference(rebuilt(parts).data, a.data)).toBeLessThan(1e-14);
  });

  it('ends on a matrix with columns of pure rounding', () => {
    const a = randomMatrix(10, 10, 3);
    for (let i = 0; i < 10; i++) for (const j of [2, 5]) a.data[i * 10 + j] *= 1e-17;
    expect(svd(a).values.filter((s) => s > 0)).toHaveLength(8);
  });

  it('stops with a reason on values that are not finite', () => {
    const broken = { rows: 2, cols: 2, data: Float64Array.of(1, NaN, 2, 3) };
    expect(() => svd(broken)).toThrow(expect.objectContaining({ code: 'linear.convergence' }));
  });
});
