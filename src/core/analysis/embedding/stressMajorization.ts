/**
 * Metric multidimensional scaling: points in a plane whose distances d come as close as they can to the given ones δ.
 *
 *   stress² = Σ (δ − d)² / Σ δ²        sums over pairs
 *   X ← B(X) X / n,   B = −δ/d beside the diagonal, its rows sum to 0        (Guttman's transform, SMACOF)
 *
 * Starts at the classical solution; no step makes the stress larger. Source: de Leeuw 1977; Borg & Groenen 2005, ch. 8.
 */
import { zeroMatrix } from '../../math/linear/matrix.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import { classicalScaling } from './classicalScaling.ts';

const mostSteps = 1000;
/** of the stress, relative, below which a step is the last */
const smallestGain = 1e-8;

/** distances: n × n, symmetric. Returns n × 2. */
export function stressMajorization(distances: Matrix): Matrix {
  let places = classicalScaling(distances);
  let before = stress(distances, places);
  for (let step = 0; step < mostSteps; step++) {
    places = guttmanTransform(distances, places);
    const now = stress(distances, places);
    if (before - now <= smallestGain * before) break;
    before = now;
  }
  return places;
}

/** 0: all distances are kept. */
export function stress(distances: Matrix, places: Matrix): number {
  let [misses, squares] = [0, 0];
  for (let i = 0; i < distances.rows; i++) {
    for (let j = 0; j < i; j++) {
      const wanted = distances.data[i * distances.rows + j];
      misses += (wanted - gap(places, i, j)) ** 2;
      squares += wanted ** 2;
    }
  }
  return squares === 0 ? 0 : Math.sqrt(misses / squares);
}

export function guttmanTransform({ rows: n, data }: Matrix, places: Matrix): Matrix {
  const moved = zeroMatrix(n, 2);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const d = gap(places, i, j);
      const weight = d === 0 ? 0 : data[i * n + j] / d / n; // points that coincide push in no direction
      for (let k = 0; k < 2; k++) moved.data[2 * i + k] += weight * (places.data[2 * i + k] - places.data[2 * j + k]);
    }
  }
  return moved;
}

/** Distance of two points in the plane; places: n × 2. */
export function gap({ data }: Matrix, i: number, j: number): number {
  return Math.hypot(data[2 * i] - data[2 * j], data[2 * i + 1] - data[2 * j + 1]);
}
