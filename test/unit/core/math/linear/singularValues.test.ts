import { describe, expect, it } from 'vitest';
import { frobeniusNorm, transpose } from '../../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { nuclearNorm, singularValues } from '../../../../../src/core/math/linear/singularValues.ts';
import { svd } from '../../../../../src/core/math/linear/svd.ts';
import { lowRankMatrix, randomMatrix, randomRotation } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

describe('singular values', () => {
  it('are the absolute entries of a diagonal matrix, largest first', () => {
    const diagonal: Matrix = { rows: 3, cols: 3, data: Float64Array.of(2, 0, 0, 0, -5, 0, 0, 0, 1) };
    expect(largestDifference(singularValues(diagonal), [5, 2, 1])).toBeLessThan(1e-15);
  });

  it('are √45 and √5 for the textbook matrix [3 0; 4 5]', () => {
    const values = singularValues({ rows: 2, cols: 2, data: Float64Array.of(3, 0, 4, 5) });
    expect(largestDifference(values, [Math.sqrt(45), Math.sqrt(5)])).toBeLessThan(1e-14);
  });

  it('are all 1 for a rotation', () => {
    expect(largestDifference(singularValues(randomRotation(30, 4)), Array(30).fill(1))).toBeLessThan(1e-13);
  });

  it.each([
    [8, 8],
    [40, 13],
    [13, 40],
    [1, 5],
    [5, 1],
  ])('agree with Jacobi rotations, an unrelated method (%i × %i)', (rows, cols) => {
    const a = randomMatrix(rows, cols, 3);
    expect(largestDifference(singularValues(a), svd(a).values)).toBeLessThan(1e-14);
    expect(largestDifference(singularValues(a), singularValues(transpose(a)))).toBeLessThan(1e-14);
  });

  it('have squares that sum to the squared norm', () => {
    const a = randomMatrix(120, 60, 9);
    const squares = singularValues(a).reduce((sum, s) => sum + s * s, 0);
    expect(Math.abs(squares / frobeniusNorm(a) ** 2 - 1)).toBeLessThan(1e-13);
  });

  it('vanish beyond the rank', () => {
    const values = singularValues(lowRankMatrix(20, 12, 3, 5));
    expect(values.filter((s) => s > 1e-14)).toHaveLength(3);
  });

  it('keep ten digits of the sum when they spread over nine decades', () => {
    // A = U diag(10⁰ … 10⁻⁹) V: a method that squares A would lose the small half
    const [u, v] = [randomRotation(10, 1), randomRotation(10, 2)];
    const scaled = Float64Array.from({ length: 100 }, (_, k) => {
      let sum = 0;
      for (let r = 0; r < 10; r++) sum += u.data[r * 10 + Math.floor(k / 10)] * 10 ** -r * v.data[r * 10 + (k % 10)];
      return sum;
    });
    const values = singularValues({ rows: 10, cols: 10, data: scaled });
    values.forEach((s, r) => expect(Math.abs(s - 10 ** -r)).toBeLessThan(1e-15));
  });

  it('are zero for a matrix of zeros', () => {
    expect(nuclearNorm({ rows: 3, cols: 2, data: new Float64Array(6) })).toBe(0);
  });
});
