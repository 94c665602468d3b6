/**
 * How unlike each pair of samples is: the entries above the diagonal of a representational dissimilarity matrix, row by
 * row. x: samples × units.
 *
 *   correlation   1 − r between the two patterns over units
 *   euclidean     ‖xᵢ − xⱼ‖
 *
 * Products of all pairs at once leave rounding where two samples are equal; below 3·10⁻⁷ of their size they count as equal.
 *
 * Source: Kriegeskorte, Mur & Bandettini 2008, Front. Syst. Neurosci. 2:4.
 */
import { LabError } from '../errors.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { transpose } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { centerColumns } from '../math/linear/principalComponents.ts';

export type Dissimilarity = 'correlation' | 'euclidean';

const equal = 1e-13;

export function dissimilarities(x: Matrix, kind: Dissimilarity, metric: string, linear: LinearAlgebra): Float64Array {
  const columns = kind === 'correlation' ? unitPatterns(x, metric) : transpose(centerColumns(x)); // units × samples
  const { data: products } = linear.transposeTimes(columns, columns);
  const n = x.rows;
  const out = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const squares = products[i * n + i] + products[j * n + j];
      const apart = squares - 2 * products[i * n + j]; // squared distance; of patterns of length 1: 2 (1 − r)
      const certain = apart > equal * squares ? apart : 0;
      out[at++] = kind === 'correlation' ? certain / 2 : Math.sqrt(certain);
    }
  }
  return out;
}

/** Each sample's pattern over units, its mean taken off, of length 1, as columns. */
function unitPatterns(x: Matrix, metric: string): Matrix {
  const columns = centerColumns(transpose(x));
  const [lengths, sizes] = [new Float64Array(x.rows), new Float64Array(x.rows)];
  for (let k = 0; k < columns.data.length; k++) lengths[k % x.rows] += columns.data[k] ** 2;
  for (let k = 0; k < x.data.length; k++) sizes[Math.floor(k / x.cols)] += x.data[k] ** 2;
  const flat = lengths.findIndex((squares, i) => squares <= equal * sizes[i]);
  if (flat < 0) return { ...columns, data: columns.data.map((v, k) => v / Math.sqrt(lengths[k % x.rows])) };
  throw new LabError(
    'metric.constantSample',
    `Comparing activity by ${metric}: expected patterns that differ between units, found sample ${flat} where all ${x.cols} units are equal, which correlates with nothing. Choose the Euclidean dissimilarity, or a window in which the units are active.`,
  );
}
