import { describe, expect, it } from 'vitest';
import { innerProduct, times, transpose } from '../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../src/core/math/linear/matrix.ts';
import { symmetricEigen } from '../../../../src/core/math/linear/symmetricEigen.ts';
import { alignVectorFields } from '../../../../src/core/metrics/vectorFieldAlignment.ts';
import { largestOfPolynomial } from '../../../../src/core/metrics/planeRotation.ts';
import { randomMatrix, randomRotation } from '../../../support/matrices.ts';

const inBasis = (a: Matrix, basis: Matrix): Matrix => times(times(basis, a), transpose(basis));
const plusTransposed = (a: Matrix, sign: 1 | -1): Matrix => {
  const other = transpose(a);
  return { ...a, data: a.data.map((v, i) => v + sign * other.data[i]) };
};

describe('aligning vector fields', () => {
  it.each([2, 3, 6, 12])('finds a field again in another basis (%i dimensions)', (n) => {
    for (const seed of [1, 2, 3]) {
      const a = randomMatrix(n, n, seed);
      const found = alignVectorFields(a, inBasis(a, randomRotation(n, seed + 7)), 10);
      expect(found / innerProduct(a, a)).toBeCloseTo(1, 12);
    }
  });

  it.each([1, 2, 3])('pairs eigenvalues in their order where both are symmetric (seed %i)', (seed) => {
    const [a, b] = [randomMatrix(8, 8, seed), randomMatrix(8, 8, seed + 20)].map((m) => plusTransposed(m, 1));
    const [p, q] = [symmetricEigen(a).values, symmetricEigen(b).values];
    expect(alignVectorFields(a, b, 10)).toBeCloseTo(
      p.reduce((sum, v, i) => sum + v * q[i], 0),
      9,
    ); // von Neumann 1937
  });

  it('finds no less than a thousand random bases do', () => {
    const [a, b] = [randomMatrix(3, 3, 1), randomMatrix(3, 3, 2)];
    const found = alignVectorFields(a, b, 10);
    for (let seed = 0; seed < 1000; seed++) {
      expect(innerProduct(a, inBasis(b, randomRotation(3, seed)))).toBeLessThanOrEqual(found);
    }
  });

  it('is the same number each time', () => {
    const [a, b] = [randomMatrix(7, 7, 1), randomMatrix(7, 7, 2)];
    expect(alignVectorFields(a, b, 5)).toBe(alignVectorFields(a, b, 5));
  });
});

describe('the largest value of a trigonometric polynomial', () => {
  it.each([1, 2, 3, 4, 5])('is that of a fine grid (seed %i)', (seed) => {
    const [constant, cosine, sine, cosineOfTwice, sineOfTwice] = randomMatrix(1, 5, seed).data;
    const found = largestOfPolynomial({ constant, cosine, sine, cosineOfTwice, sineOfTwice });
    const at = (t: number) =>
      constant +
      cosine * Math.cos(t) +
      sine * Math.sin(t) +
      cosineOfTwice * Math.cos(2 * t) +
      sineOfTwice * Math.sin(2 * t);
    const grid = Array.from({ length: 100_000 }, (_, k) => at((2 * Math.PI * k) / 100_000));
    expect(found.value).toBeGreaterThanOrEqual(grid.reduce((a, b) => Math.max(a, b)) - 1e-15);
    expect(found.value).toBeCloseTo(at(found.angle), 14);
  });
});
