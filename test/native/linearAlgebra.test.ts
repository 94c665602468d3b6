/** The addon's linear algebra against the portable one, its twin and oracle. */
import { expect, it } from 'vitest';
import { portableLinearAlgebra } from '../../src/core/math/linear/linearAlgebra.ts';
import { nativeLinearAlgebra } from '../../src/platform/engines/nativeLinear.ts';
import { lowRankMatrix, randomMatrix } from '../support/matrices.ts';
import { describeNative, nativeAddon } from '../support/nativeEngine.ts';
import { largestDifference } from '../support/reference.ts';

describeNative("the addon's linear algebra", () => {
  const native = () => nativeLinearAlgebra(nativeAddon());

  it.each([
    [1, 1],
    [1, 6],
    [9, 2],
    [33, 33],
    [200, 141],
    [141, 200],
  ])('finds the singular values of the portable code (%i × %i)', (rows, cols) => {
    for (const a of [randomMatrix(rows, cols, 4), lowRankMatrix(rows, cols, 1, 4)]) {
      const known = portableLinearAlgebra.singularValues(a);
      expect(largestDifference(native().singularValues(a), known)).toBeLessThan(1e-14 * known[0]);
    }
  });

  it.each([
    [1, 1, 1],
    [70, 7, 33],
    [129, 8, 5],
    [968, 200, 141],
  ])('multiplies as the portable code does (%i samples, %i and %i columns)', (samples, n, m) => {
    const [x, y] = [randomMatrix(samples, n, 1), randomMatrix(samples, m, 2)];
    const [product, known] = [native().transposeTimes(x, y), portableLinearAlgebra.transposeTimes(x, y)];
    expect([product.rows, product.cols]).toEqual([n, m]);
    expect(largestDifference(product.data, known.data)).toBeLessThan(1e-12);
  });

  it('repeats bit for bit', () => {
    const a = randomMatrix(60, 40, 8);
    expect(native().singularValues(a)).toEqual(native().singularValues(a));
  });

  it('refuses what is not finite, and factors that do not fit, as the portable code does', () => {
    const bad = { rows: 1, cols: 2, data: Float64Array.of(1, NaN) };
    expect(() => native().singularValues(bad)).toThrow('found NaN in row 0, column 1');
    expect(() => native().transposeTimes(randomMatrix(3, 2, 1), randomMatrix(4, 2, 1))).toThrow('found 3 and 4');
  });
});
