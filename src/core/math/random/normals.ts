import type { NumpyRandom } from './numpyRandom.ts';

/**
 * Independent standard normal values, as NumPy's legacy generator draws them (`RandomState.randn`), pair by pair:
 *
 *   u, v uniform in [−1, 1), again until 0 < s = u² + v² < 1;   values v f, u f with f = √(−2 ln s / s)
 *
 * An odd count leaves out the last value of its last pair, so nothing has to be kept between calls.
 * Source: Marsaglia & Bray 1964, SIAM Rev. 6:260 (polar method).
 */
export function normals(random: NumpyRandom, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * random.uniform() - 1;
      v = 2 * random.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const f = Math.sqrt((-2 * Math.log(s)) / s);
    values[i] = f * v;
    if (i + 1 < count) values[i + 1] = f * u;
  }
  return values;
}
