import { describe, expect, it } from 'vitest';
import { bidiagonalize, diagonalize } from '../../../../../src/core/math/linear/bidiagonal.ts';
import { frobeniusNorm } from '../../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../../src/core/math/linear/matrix.ts';
import { svd } from '../../../../../src/core/math/linear/svd.ts';
import { randomMatrix } from '../../../../support/matrices.ts';
import { largestDifference } from '../../../../support/reference.ts';

function upperBidiagonal(diagonal: Float64Array, superdiagonal: Float64Array): Matrix {
  const n = diagonal.length;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = diagonal[i];
    if (i + 1 < n) data[i * n + i + 1] = superdiagonal[i];
  }
  return { rows: n, cols: n, data };
}

describe('a bidiagonal form', () => {
  it.each([
    [6, 6],
    [9, 4],
    [10, 3],
    [5, 1],
  ])('has the norm and the singular values of its matrix (%i × %i)', (rows, cols) => {
    const a = randomMatrix(rows, cols, 5);
    const { diagonal, superdiagonal } = bidiagonalize({ ...a, data: a.data.slice() });
    const form = upperBidiagonal(diagonal, superdiagonal);
    expect(frobeniusNorm(form)).toBeCloseTo(frobeniusNorm(a), 13);
    expect(largestDifference(svd(form).values, svd(a).values)).toBeLessThan(1e-14);
  });

  it('loses its superdiagonal in the sweeps, also with zeros on the diagonal', () => {
    const diagonal = Float64Array.of(1, 0, 2, 0, 3, 0);
    const superdiagonal = Float64Array.of(1, 1, 1, 1, 1, 0);
    const known = svd(upperBidiagonal(diagonal, superdiagonal)).values;
    expect(diagonalize({ diagonal, superdiagonal })).toBe(true);
    expect(largestDifference(diagonal.map(Math.abs).sort().reverse(), known)).toBeLessThan(1e-14);
    expect(Math.max(...superdiagonal.map(Math.abs))).toBeLessThan(1e-15);
  });
});
