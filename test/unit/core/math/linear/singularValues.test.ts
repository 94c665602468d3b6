import { describe, expect, it } from 'vitest';
import { frobeniusNorm, times, transpose } from '../../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { singularValues } from '../../../../../src/core/math/linear/singularValues.ts';
import { svd } from '../../../../../src/core/math/linear/svd.ts';
import { lowRankMatrix, randomMatrix, randomRotation } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

const scaled = (a: Matrix, factor: number): Matrix => ({ ...a, data: a.data.map((v) => v * factor) });

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
    [1, 1],
  ])('agree with Jacobi rotations, an unrelated method, and do not mind transposition (%i × %i)', (rows, cols) => {
    const a = randomMatrix(rows, cols, 3);
    expect(largestDifference(singularValues(a), svd(a).values)).toBeLessThan(1e-14);
    expect(largestDifference(singularValues(a), singularValues(transpose(a)))).toBeLessThan(1e-14);
  });

  it.each([1, 2, 3])('do not change when a matrix is rotated from both sides (seed %i)', (seed) => {
    const a = randomMatrix(30, 20, seed);
    const turned = times(times(randomRotation(30, seed + 10), a), randomRotation(20, seed + 20));
    expect(largestDifference(singularValues(turned), singularValues(a))).toBeLessThan(1e-13);
  });

  it('have squares that sum to the squared norm', () => {
    const a = randomMatrix(120, 60, 9);
    const squares = singularValues(a).reduce((sum, s) => sum + s * s, 0);
    expect(Math.abs(squares / frobeniusNorm(a) ** 2 - 1)).toBeLessThan(1e-13);
  });

  it.each([
    [20, 12, 3],
    [12, 20, 3],
    [200, 141, 70],
  ])('vanish beyond the rank (%i × %i, rank %i)', (rows, cols, rank) => {
    const values = singularValues(lowRankMatrix(rows, cols, rank, 5));
    expect(values.filter((s) => s > 1e-14 * values[0])).toHaveLength(rank);
  });

  it('vanish with the zeros on the diagonal of a triangle', () => {
    // σ² are the eigenvalues of the Gram matrix [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    const values = singularValues({ rows: 3, cols: 3, data: Float64Array.of(1, 1, 0, 0, 0, 1, 0, 0, 0) });
    expect(largestDifference(values, [Math.SQRT2, 1, 0])).toBeLessThan(1e-15);
  });

  it('keep all digits of the sum when they spread over nine decades', () => {
    // A = U diag(10⁰ … 10⁻⁹) V: a method that squares A would lose the small half
    const n = 60;
    const known = Float64Array.from({ length: n }, (_, r) => 10 ** ((-9 * r) / (n - 1)));
    const stretched = randomRotation(n, 1).data.map((v, k) => v * known[k % n]);
    const values = singularValues(times({ rows: n, cols: n, data: stretched }, randomRotation(n, 2)));
    expect(largestDifference(values, known)).toBeLessThan(1e-14);
  });

  it.each([1e-310, 1e-200, 1e200, 1e307])('scale with the matrix, without overflow (%d)', (factor) => {
    const a = randomMatrix(12, 7, 2);
    const tiny = factor < 1e-300;
    const values = singularValues(scaled(a, factor)).map((v) => v / factor);
    expect(largestDifference(values, singularValues(a))).toBeLessThan(tiny ? 1e-12 : 1e-13);
  });

  it('are those of the large columns where others are vanishingly small', () => {
    const a = randomMatrix(9, 4, 7);
    const padded = { rows: 9, cols: 8, data: new Float64Array(72) };
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 4; j++) {
        padded.data[i * 8 + 2 * j] = a.data[i * 4 + j];
        padded.data[i * 8 + 2 * j + 1] = a.data[i * 4 + 3 - j] * 1e-160;
      }
    }
    const values = singularValues(padded);
    expect(largestDifference(values.slice(0, 4), singularValues(a))).toBeLessThan(1e-14);
    expect(values[4]).toBeLessThan(1e-15);
  });

  it('are zero for a matrix of zeros, and none for an empty one', () => {
    expect(singularValues({ rows: 3, cols: 2, data: new Float64Array(6) })).toEqual(new Float64Array(2));
    expect(singularValues({ rows: 0, cols: 2, data: new Float64Array() })).toHaveLength(0);
  });

  it.each([NaN, Infinity, -Infinity])('are refused for a matrix with %d in it, which is named', (bad) => {
    const a = { rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, bad, 6) };
    expect(() => singularValues(a)).toThrow(`found ${bad} in row 1, column 1`);
  });
});
