/**
 * t-SNE: places points in a plane so that who is near whom is kept, at the cost of all larger distances.
 *
 * Starts from the classical solution, shrunk, rather than from chance: the large picture is then that of the distances,
 * and there is nothing random in it (Kobak & Linderman 2021, Nat. Biotechnol. 39:156).
 * Source: van der Maaten & Hinton 2008, JMLR 9:2579; gradient descent by @keckelt/tsne.
 */
import { TSNE } from '@keckelt/tsne';
import { zeroMatrix } from '../../math/linear/matrix.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import { classicalScaling } from './classicalScaling.ts';

const steps = 1000;
/** standard deviation of the first places along the wider axis */
const startSpread = 1e-4;

/** Effective number of neighbours of a point among n. */
export function perplexityFor(n: number): number {
  return Math.min(30, Math.max(2, (n - 1) / 3));
}

/** distances: n × n, symmetric. Returns n × 2. */
export function tsne(distances: Matrix): Matrix {
  const n = distances.rows;
  const model = new TSNE({ dim: 2, perplexity: perplexityFor(n), epsilon: 10 });
  // its kernel is exp(−β D), so that D has to be the squared distance
  model.initDataDist(
    Array.from({ length: n }, (_, i) => Array.from(distances.data.subarray(i * n, (i + 1) * n), (d) => d * d)),
  );
  const start = classicalScaling(distances);
  const wide = Math.sqrt(start.data.reduce((sum, v, k) => (k % 2 === 0 ? sum + v * v : sum), 0) / n) || 1;
  const places = model.getSolution() as number[][]; // the places it works on, not a copy
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < 2; d++) places[i][d] = (startSpread * start.data[2 * i + d]) / wide;
  }
  for (let step = 0; step < steps; step++) model.step();
  const out = zeroMatrix(n, 2);
  places.forEach((place, i) => out.data.set(place, 2 * i));
  return out;
}
