/**
 * Classical multidimensional scaling: the plane in which distances are kept best in the sense of inner products.
 *
 *   B = −½ J D² J,  J = I − 1/n      X = first two eigenvectors of B, each times the root of its eigenvalue
 *
 * Exact for points in a plane; a distance that no space has (negative eigenvalues) is left out.
 * Source: Torgerson 1952, Psychometrika 17:401.
 */
import { zeroMatrix } from '../../math/linear/matrix.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import { symmetricEigen } from '../../math/linear/symmetricEigen.ts';

/** distances: n × n, symmetric. Returns n × 2; signs are arbitrary. */
export function classicalScaling({ rows: n, data }: Matrix): Matrix {
  const inner = zeroMatrix(n, n);
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += data[i * n + j] ** 2;
    return sum / n;
  });
  const mean = means.reduce((sum, v) => sum + v, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) inner.data[i * n + j] = -0.5 * (data[i * n + j] ** 2 - means[i] - means[j] + mean);
  }
  const { values, vectors } = symmetricEigen(inner);
  const places = zeroMatrix(n, 2);
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < Math.min(2, n); d++) {
      places.data[2 * i + d] = Math.sqrt(Math.max(0, values[d])) * vectors.data[d * n + i];
    }
  }
  return places;
}
