/** Samples for simulations with answers known beforehand. */
import { normals } from '../../src/core/math/random/normals.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';

/** `count` samples of n standard normal values each. */
export function normalSamples(count: number, n: number, seed: number): number[][] {
  const random = NumpyRandom.seeded(seed);
  return Array.from({ length: count }, () => Array.from(normals(random, n)));
}

/** By how much a share of `count` independent trials strays from its chance p, in all but one of 10 000 cases. */
export function shareTolerance(p: number, count: number): number {
  return 3.9 * Math.sqrt((p * (1 - p)) / count);
}
