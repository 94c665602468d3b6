/** Random matrices with a seed, and ways to turn them. */
import { times } from '../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../src/core/math/linear/matrix.ts';
import { svd } from '../../src/core/math/linear/svd.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';

/** Uniform in [−0.5, 0.5), by a linear congruential generator: good enough to be in general position. */
export function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  let state = (seed * 2654435761 + 12345) % 2 ** 31;
  const next = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31 - 0.5;
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, next) };
}

/** Orthogonal: the left singular vectors of a random matrix. */
export function randomRotation(n: number, seed: number): Matrix {
  return svd(randomMatrix(n, n, seed)).left;
}

/** rank ≤ `rank` */
export function lowRankMatrix(rows: number, cols: number, rank: number, seed: number): Matrix {
  return times(randomMatrix(rows, rank, seed), randomMatrix(rank, cols, seed + 1));
}

export function tensorOf({ rows, cols, data }: Matrix): Tensor<Float64Array> {
  return tensor([rows, cols], data);
}
