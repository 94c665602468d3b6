import { describe, expect, it } from 'vitest';
import { times, transpose, transposeTimes } from '../../../../../src/core/math/linear/matrix.ts';
import { symmetricEigen } from '../../../../../src/core/math/linear/symmetricEigen.ts';
import { lowRankMatrix, randomMatrix } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

describe('symmetric eigendecomposition', () => {
  it('finds 3 and 1 with their vectors for [2 1; 1 2]', () => {
    const { values, vectors } = symmetricEigen({ rows: 2, cols: 2, data: Float64Array.of(2, 1, 1, 2) });
    expect(largestDifference(values, [3, 1])).toBeLessThan(1e-15);
    expect(largestDifference(vectors.data.map(Math.abs), Array(4).fill(Math.SQRT1_2))).toBeLessThan(1e-15);
  });

  it('finds 2 − 2 cos(kπ/(n+1)), the vibrations of a string', () => {
    const n = 25;
    const data = Float64Array.from({ length: n * n }, (_, k) => {
      const distance = Math.abs(Math.floor(k / n) - (k % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const known = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)));
    expect(largestDifference(symmetricEigen({ rows: n, cols: n, data }).values, known)).toBeLessThan(1e-13);
  });

  it.each([1, 2, 17, 60])('rebuilds a random covariance from orthonormal vectors (%i units)', (n) => {
    const x = randomMatrix(2 * n, n, n);
    const a = transposeTimes(x, x);
    const { values, vectors } = symmetricEigen(a);
    const scaled = { ...vectors, data: vectors.data.map((v, k) => v * values[Math.floor(k / n)]) };
    expect(largestDifference(times(transpose(vectors), scaled).data, a.data)).toBeLessThan(1e-13 * n);
    const gram = times(vectors, transpose(vectors));
    expect(Math.max(...gram.data.map((v, k) => Math.abs(v - (k % (n + 1) === 0 ? 1 : 0))))).toBeLessThan(1e-13);
  });

  it('gives zeros beyond the rank, and for a matrix of zeros', () => {
    const x = lowRankMatrix(30, 8, 2, 1);
    expect(symmetricEigen(transposeTimes(x, x)).values.filter((v) => v > 1e-13)).toHaveLength(2);
    expect([...symmetricEigen({ rows: 3, cols: 3, data: new Float64Array(9) }).values]).toEqual([0, 0, 0]);
  });
});
