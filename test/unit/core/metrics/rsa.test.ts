import { describe, expect, it } from 'vitest';
import { times } from '../../../../src/core/math/linear/matrix.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { rsa } from '../../../../src/core/metrics/rsa.ts';
import { randomMatrix, randomRotation, tensorOf } from '../../../support/matrices.ts';

const grid = (units: number, at: (i: number, k: number) => number) =>
  tensor(
    [12, units],
    Float64Array.from({ length: 12 * units }, (_, n) => at(Math.floor(n / units), n % units)),
  );
const x = grid(5, (i, k) => Math.sin(1.3 * i + 0.7 * k * k));
const y = grid(4, (i, k) => Math.cos((0.9 * (i + 1) * (1 + k)) / 3 + 0.3));

describe('RSA', () => {
  it.each([
    ['correlation', 'pearson', 0.9495435908936809],
    ['correlation', 'spearman', 1.0236092265943013],
    ['correlation', 'kendall', 0.9874125874125874],
    ['euclidean', 'pearson', 0.8699350444652797],
    ['euclidean', 'spearman', 0.8742719966600563],
    ['euclidean', 'kendall', 0.8895104895104895],
  ] as const)('by %s and %s is what SciPy makes of the same samples', (dissimilarity, agreement, expected) => {
    expect(rsa.compare(x, y, { dissimilarity, agreement })).toBeCloseTo(expected, 12);
  });

  it('ignores rotation and offset by Euclidean distance, and not by correlation', () => {
    const a = randomMatrix(30, 6, 1);
    const moved = times(a, randomRotation(6, 2)).data.map((v, i) => v + (i % 6));
    const copy = tensor([30, 6], moved);
    expect(rsa.compare(tensorOf(a), copy, { ...rsa.defaults, dissimilarity: 'euclidean' })).toBeLessThan(1e-12);
    expect(rsa.compare(tensorOf(a), copy)).toBeGreaterThan(0.1);
  });

  it('counts equal samples as equal whatever rounding makes of them', () => {
    const repeated = (m: ReturnType<typeof randomMatrix>) =>
      tensor(
        [30, 6],
        m.data.map((_, i) => m.data[i % 90]),
      );
    const a = randomMatrix(30, 6, 1);
    const turned = times({ rows: 30, cols: 6, data: repeated(a).data }, randomRotation(6, 3));
    const far = { ...rsa.defaults, dissimilarity: 'euclidean' } as const;
    expect(rsa.compare(repeated(a), tensorOf(turned), far)).toBeLessThan(1e-12);
  });

  it('refuses, by correlation, a sample in which all units are equal', () => {
    const flat = tensor(
      [12, 5],
      x.data.map((v, i) => (Math.floor(i / 5) === 7 ? 0.25 : v)),
    );
    expect(() => rsa.compare(flat, y)).toThrow(expect.objectContaining({ code: 'metric.constantSample' }));
    expect(() => rsa.compare(flat, y)).toThrow(/sample 7 .* Euclidean/);
    expect(rsa.compare(flat, y, { ...rsa.defaults, dissimilarity: 'euclidean' })).toBeGreaterThan(0);
  });
});
