/**
 * How far neighbours in the plane are neighbours in truth:
 *
 *   T(k) = 1 − 2 / (n k (2n − 3k − 1)) Σᵢ Σⱼ (r(i, j) − k)
 *
 * over the k nearest j of each i in the plane that are not among its k nearest by the given distances, r(i, j) being
 * their rank there. 1: no false neighbours; about 0.5 for places at random.
 * Source: Venna & Kaski 2001, ICANN.
 */
import type { Matrix } from '../../math/linear/matrix.ts';
import { gap } from './stressMajorization.ts';

/** distances: n × n; places: n × 2; k below n / 2. */
export function trustworthiness({ rows: n, data }: Matrix, places: Matrix, k: number): number {
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    const truth = ranked(n, i, (j) => data[i * n + j]);
    const rank = new Map(truth.map((j, at) => [j, at + 1]));
    const near = ranked(n, i, (j) => gap(places, i, j)).slice(0, k);
    for (const j of near) penalty += Math.max(0, rank.get(j)! - k);
  }
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty;
}

/** The other points, nearest first; at equal distance the earlier one. */
export function ranked(n: number, i: number, distance: (j: number) => number): number[] {
  const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
  const far = others.map(distance);
  return others
    .map((j, at) => [j, far[at]] as const)
    .sort(([a, x], [b, y]) => x - y || a - b)
    .map(([j]) => j);
}
