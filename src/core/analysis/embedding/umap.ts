/**
 * UMAP: places points in a plane so that the graph of nearest neighbours is kept; parts of the graph that do not hang
 * together are placed by chance, from the seed.
 *
 * Source: McInnes, Healy & Melville 2018, arXiv:1802.03426; by umap-js.
 */
import { UMAP } from 'umap-js';
import { zeroMatrix } from '../../math/linear/matrix.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import { NumpyRandom } from '../../math/random/numpyRandom.ts';
import { ranked } from './trustworthiness.ts';

/** Neighbours of a point among n, itself included. */
export function neighboursFor(n: number): number {
  return Math.min(15, n - 1);
}

/** distances: n × n, symmetric. Returns n × 2. */
export function umap(distances: Matrix, seed: number): Matrix {
  const n = distances.rows;
  const random = NumpyRandom.seeded(seed);
  const nNeighbors = neighboursFor(n);
  const model = new UMAP({ nComponents: 2, nNeighbors, minDist: 0.1, random: () => random.uniform() });
  const at = (i: number, j: number): number => distances.data[i * n + j];
  const nearest = Array.from({ length: n }, (_, i) => [i, ...ranked(n, i, (j) => at(i, j)).slice(0, nNeighbors - 1)]);
  model.setPrecomputedKNN(
    nearest,
    nearest.map((js, i) => js.map((j) => at(i, j))),
  );
  const out = zeroMatrix(n, 2);
  model.fit(nearest.map((_, i) => [i])).forEach((place, i) => out.data.set(place, 2 * i)); // it counts the points only
  return out;
}
