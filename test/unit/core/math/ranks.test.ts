import { describe, expect, it } from 'vitest';
import { averageRanks, kendall, pearson, spearman } from '../../../../src/core/math/ranks.ts';
import { sortedOrder } from '../../../../src/core/math/sortedOrder.ts';

const a = Float64Array.of(
  ...[1.8, 0.4, 0.1, -1.9, -0.3, -0.4, -0.1, -0.6, -0, -0.5, -1.3, 0.9, 0.9, 1.7, 0.1],
  ...[-0.4, -0.5, -1.5, 1, -1.1, -1.2, -0.2, 1.5, 0.2, -1, -0.7, 0.6, -0.2, -0.8, -0.2],
);
const b = Float64Array.of(
  ...[2.5, 2.4, -1.1, -2.5, -1.1, -2.8, -1, -1.6, 1.1, -0.6, -2.9, 1.5, 0.5, -0, -0.5],
  ...[-1, -1.4, -1.5, -1.2, -1.4, -0.2, 0.7, 2.6, 1.3, 0.5, -1.8, 1.4, -2.1, -1.4, -2.1],
);

describe('rank correlations', () => {
  it('are those of SciPy 1.10 on values with ties', () => {
    expect(pearson(a, b)).toBeCloseTo(0.6660978838700954, 14);
    expect(spearman(a, b)).toBeCloseTo(0.670046801872075, 14);
    expect(kendall(a, b)).toBeCloseTo(0.4953271028037382, 14);
  });

  it.each([pearson, spearman, kendall])(
    'are 1 for a copy, −1 for its opposite, not a number without variation',
    (r) => {
      expect(r(a, a)).toBeCloseTo(1, 14);
      expect(
        r(
          a,
          a.map((v) => -v),
        ),
      ).toBeCloseTo(-1, 14);
      expect(r(a, new Float64Array(a.length))).toBeNaN();
    },
  );

  it('share the mean rank among equal values, zero of either sign among them', () => {
    expect([...averageRanks(Float64Array.of(3, -0, 3, 0, -5))]).toEqual([4.5, 2.5, 4.5, 2.5, 1]);
  });
});

describe('sorting places', () => {
  it('orders numbers of all sizes and signs as comparing them does', () => {
    const values = Float64Array.of(1e300, -1e-300, 5e-324, 0, -7, 1e-9, -1e9, 2, 1.9999999999999998);
    const expected = [...values.keys()].sort((i, j) => values[i] - values[j]);
    expect([...sortedOrder(values)]).toEqual(expected);
  });

  it('keeps equal values in the order given', () => {
    expect([...sortedOrder(Float64Array.of(1, 0, 1, 0), Uint32Array.of(3, 2, 1, 0))]).toEqual([3, 1, 2, 0]);
  });
});
