import { describe, expect, it } from 'vitest';
import { portableLinearAlgebra } from '../../../../src/core/math/linear/linearAlgebra.ts';
import type { LinearAlgebra } from '../../../../src/core/math/linear/linearAlgebra.ts';
import { times } from '../../../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../../../src/core/math/linear/matrix.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';
import { procrustes } from '../../../../src/core/metrics/procrustes.ts';
import { randomMatrix, randomRotation, tensorOf } from '../../../support/matrices.ts';

/** samples × 1 */
const column = (...values: number[]) => tensor([values.length, 1], Float64Array.from(values));

function movedCopy(x: Matrix, seed: number): Matrix {
  const turned = times(x, randomRotation(x.cols, seed));
  return { ...turned, data: turned.data.map((v) => 3 * v + 0.5) };
}

describe('procrustes', () => {
  it('is the angle between two single units: 60° is two thirds of a right angle', () => {
    // centred columns (1, −1, 0) and (1, 0, −1) have cosine ½
    expect(procrustes.compare(column(1, -1, 0), column(1, 0, -1))).toBeCloseTo(2 / 3, 14);
  });

  it('is 1 for activity without anything in common', () => {
    expect(procrustes.compare(column(1, -1, 1, -1), column(1, 1, -1, -1))).toBe(1);
  });

  it.each([1, 2, 3])('is zero for a rotated, shifted, scaled copy (seed %i)', (seed) => {
    const x = randomMatrix(120, 20, seed);
    expect(procrustes.compare(tensorOf(x), tensorOf(movedCopy(x, seed)))).toBeLessThan(1e-7);
  });

  it('leaves its product and singular values to the linear algebra that it is given', () => {
    const [x, y] = [tensorOf(randomMatrix(30, 5, 1)), tensorOf(randomMatrix(30, 4, 2))];
    const asked: string[] = [];
    const linear: LinearAlgebra = {
      transposeTimes: (a, b) => (asked.push(`${a.cols} × ${b.cols}`), portableLinearAlgebra.transposeTimes(a, b)),
      singularValues: (a) => (asked.push('values'), portableLinearAlgebra.singularValues(a)),
    };
    expect(procrustes.compare(x, y, procrustes.defaults, linear)).toBe(procrustes.compare(x, y));
    expect(asked).toEqual(['5 × 4', 'values']);
  });

  it('is not zero for a copy stretched along one direction', () => {
    const x = randomMatrix(120, 20, 1);
    const stretched = { ...x, data: x.data.map((v, i) => (i % 20 === 0 ? 3 * v : v)) };
    expect(procrustes.compare(tensorOf(x), tensorOf(stretched))).toBeGreaterThan(0.1);
  });

  it('sees through any invertible map when whitened in full (alpha 0)', () => {
    const x = randomMatrix(120, 8, 1);
    const y = times(x, randomMatrix(8, 8, 2));
    const whitened = { ...procrustes.defaults, alpha: 0 };
    expect(procrustes.compare(tensorOf(x), tensorOf(y), whitened)).toBeLessThan(1e-6);
    expect(procrustes.compare(tensorOf(x), tensorOf(y))).toBeGreaterThan(0.1);
  });

  it('does not change when silent units are added', () => {
    const [x, y] = [randomMatrix(50, 4, 1), randomMatrix(50, 6, 2)];
    const padded = { rows: 50, cols: 6, data: new Float64Array(300) };
    for (let i = 0; i < 50; i++) padded.data.set(x.data.subarray(i * 4, i * 4 + 4), i * 6);
    expect(procrustes.compare(tensorOf(padded), tensorOf(y))).toBeCloseTo(
      procrustes.compare(tensorOf(x), tensorOf(y)),
      12,
    );
  });

  it('says both counts when samples differ', () => {
    const compare = () => procrustes.compare(column(1, 2, 3), column(1, 2, 3, 4));
    expect(compare).toThrow(expect.objectContaining({ code: 'metric.samples' }));
    expect(compare).toThrow(/found 3 and 4/);
  });

  it('refuses constant activity, and values that are not finite', () => {
    const constant = () => procrustes.compare(column(0.1, 0.1, 0.1), column(1, 2, 3));
    expect(constant).toThrow(expect.objectContaining({ code: 'metric.constant' }));
    const broken = () => procrustes.compare(column(1, 2, 3), column(1, NaN, 3));
    expect(broken).toThrow(expect.objectContaining({ code: 'metric.notFinite' }));
  });
});

describe('an alignment', () => {
  it('scores the samples it was fitted to like the metric', () => {
    const [x, y] = [randomMatrix(60, 5, 1), randomMatrix(60, 7, 2)].map(tensorOf);
    for (const alpha of [0, 0.5, 1]) {
      const settings = { ...procrustes.defaults, alpha };
      expect(procrustes.fit!(x, y, settings).score(x, y)).toBeCloseTo(procrustes.compare(x, y, settings), 10);
    }
  });

  it('carries over to other samples under the same rotation, and does not when the rotation differs', () => {
    const [train, test] = [randomMatrix(80, 6, 1), randomMatrix(40, 6, 2)];
    const alignment = procrustes.fit!(tensorOf(train), tensorOf(movedCopy(train, 3)));
    expect(alignment.score(tensorOf(test), tensorOf(movedCopy(test, 3)))).toBeLessThan(1e-6);
    expect(alignment.score(tensorOf(test), tensorOf(movedCopy(test, 4)))).toBeGreaterThan(0.3);
  });
});
