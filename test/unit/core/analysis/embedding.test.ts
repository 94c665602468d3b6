import { describe, expect, it } from 'vitest';
import { classicalScaling } from '../../../../src/core/analysis/embedding/classicalScaling.ts';
import { embed, embeddings } from '../../../../src/core/analysis/embedding/index.ts';
import {
  gap,
  guttmanTransform,
  stress,
  stressMajorization,
} from '../../../../src/core/analysis/embedding/stressMajorization.ts';
import { trustworthiness } from '../../../../src/core/analysis/embedding/trustworthiness.ts';
import { zeroMatrix, type Matrix } from '../../../../src/core/math/linear/matrix.ts';
import { randomMatrix } from '../../../support/matrices.ts';
import { largestDifference } from '../../../support/reference.ts';

/** Between the rows of points. */
function distancesOf({ rows: n, cols, data }: Matrix): Matrix {
  const out = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += (data[i * cols + k] - data[j * cols + k]) ** 2;
      out.data[i * n + j] = Math.sqrt(sum);
    }
  }
  return out;
}

/** Three groups far apart in eight dimensions. */
function clusters(perGroup: number): { points: Matrix; groupOf: (i: number) => number } {
  const points = randomMatrix(3 * perGroup, 8, 5);
  const groupOf = (i: number): number => Math.floor(i / perGroup);
  for (let i = 0; i < points.rows; i++) points.data[i * 8 + groupOf(i)] += 6;
  return { points, groupOf };
}

describe('classical scaling', () => {
  it('finds points of a plane again, up to rotation and reflection', () => {
    const distances = distancesOf(randomMatrix(20, 2, 3));
    expect(largestDifference(distancesOf(classicalScaling(distances)).data, distances.data)).toBeLessThan(1e-12);
  });

  it('puts points of a line on a line', () => {
    const distances = distancesOf(randomMatrix(6, 1, 3));
    const { data } = classicalScaling(distances);
    expect(Math.max(...data.filter((_, k) => k % 2 === 1).map(Math.abs))).toBeLessThan(1e-7);
  });
});

describe('stress majorization', () => {
  const distances = distancesOf(randomMatrix(25, 6, 7));

  it('never makes the stress larger', () => {
    let places = randomMatrix(25, 2, 1);
    let before = stress(distances, places);
    for (let step = 0; step < 50; step++) {
      places = guttmanTransform(distances, places);
      const now = stress(distances, places);
      expect(now).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = now;
    }
  });

  it('ends below the classical solution, where a gradient step no longer helps', () => {
    const places = stressMajorization(distances);
    expect(stress(distances, places)).toBeLessThan(stress(distances, classicalScaling(distances)));
    expect(largestDifference(guttmanTransform(distances, places).data, places.data)).toBeLessThan(1e-2);
  });

  it('has no stress for points of a plane, and takes points that coincide', () => {
    const plane = randomMatrix(9, 2, 2);
    plane.data.set(plane.data.slice(0, 2), 2);
    const known = distancesOf(plane);
    const places = stressMajorization(known);
    expect(stress(known, places)).toBeLessThan(1e-6);
    expect(gap(places, 0, 1)).toBeLessThan(1e-6);
  });
});

describe('trustworthiness', () => {
  it('is 1 where the plane is the truth, and about a half for places at random', () => {
    const points = randomMatrix(60, 2, 4);
    const distances = distancesOf(points);
    expect(trustworthiness(distances, points, 5)).toBe(1);
    expect(Math.abs(trustworthiness(distances, randomMatrix(60, 2, 9), 5) - 0.5)).toBeLessThan(0.1);
  });

  it('counts a false neighbour by its true rank', () => {
    const onLine = (...at: number[]): Matrix => ({ rows: 5, cols: 1, data: Float64Array.from(at) });
    // points 3 and 4 change places: then 3 has 4 for its neighbour, which is its fourth in truth, and 4 has 2, its second
    const shown: Matrix = { rows: 5, cols: 2, data: Float64Array.of(0, 0, 1, 0, 3, 0, 15, 0, 7, 0) };
    const found = trustworthiness(distancesOf(onLine(0, 1, 3, 7, 15)), shown, 1);
    expect(found).toBeCloseTo(1 - (2 / (5 * 6)) * (3 + 1), 12);
  });
});

describe.each(embeddings.all)('$label', (method) => {
  const { points, groupOf } = clusters(12);
  const distances = distancesOf(points);

  it('keeps clusters together: nearest neighbours are of the same group', () => {
    const { places, trustworthiness: trust } = embed(method, distances, 1);
    let strangers = 0;
    for (let i = 0; i < places.rows; i++) {
      const others = Array.from({ length: places.rows }, (_, j) => j).filter((j) => j !== i);
      const nearest = others.reduce((best, j) => (gap(places, i, j) < gap(places, i, best) ? j : best));
      if (groupOf(nearest) !== groupOf(i)) strangers++;
    }
    expect(strangers).toBe(0);
    expect(trust).toBeGreaterThan(0.8);
  });

  it('is the same for the same seed, to the last bit', () => {
    const first = embed(method, distances, 3).places;
    expect(embed(method, distances, 3).places.data).toEqual(first.data);
    expect(first.data.every(Number.isFinite)).toBe(true);
  });

  it('takes points that coincide, and the fewest there may be', () => {
    const few = randomMatrix(4, 3, 1);
    few.data.set(few.data.slice(0, 3), 3);
    expect(embed(method, distancesOf(few), 0).places.data.every(Number.isFinite)).toBe(true);
    expect(() => embed(method, distancesOf(randomMatrix(3, 2, 1)), 0)).toThrow('at least 4 of them, found 3');
  });
});

it('UMAP depends on the seed; the others do not', () => {
  const distances = distancesOf(clusters(6).points);
  for (const method of embeddings.all) {
    const same = largestDifference(method.place(distances, 1).data, method.place(distances, 2).data) === 0;
    expect(same).toBe(method.id !== 'umap');
  }
});

it('names the embeddings there are where it knows none of a name', () => {
  expect(() => embeddings.get('som')).toThrow('expected one of "mds", "classical-mds", "tsne", "umap", found "som"');
});
