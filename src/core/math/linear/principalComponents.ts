/**
 * Principal component analysis of samples × units.
 *
 *   C = (X − mean)ᵀ (X − mean) / (samples − 1),   C vᵢ = λᵢ vᵢ
 */
import { portableLinearAlgebra } from './linearAlgebra.ts';
import type { LinearAlgebra } from './linearAlgebra.ts';
import { times, transpose, zeroMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { symmetricEigen } from './symmetricEigen.ts';

export type PrincipalComponents = {
  /** units */
  readonly means: Float64Array;
  /** variance along each component, descending, at most min(samples, units) */
  readonly variances: Float64Array;
  /** components × units */
  readonly axes: Matrix;
};

export function principalComponents(x: Matrix, linear: LinearAlgebra = portableLinearAlgebra): PrincipalComponents {
  const means = columnMeans(x);
  const centered = centerColumns(x, means);
  const { values, vectors } = symmetricEigen(linear.transposeTimes(centered, centered));
  const count = Math.min(x.rows, x.cols);
  return {
    means,
    variances: values.slice(0, count).map((v) => Math.max(0, v) / (x.rows - 1)),
    axes: { rows: count, cols: x.cols, data: vectors.data.slice(0, count * x.cols) },
  };
}

/** The smallest number of components whose share of the variance exceeds `share` (all of them for 1). */
export function componentsForVariance({ variances }: PrincipalComponents, share: number): number {
  const total = variances.reduce((sum, v) => sum + v, 0);
  let sum = 0;
  const index = variances.findIndex((v) => (sum += v) / total > share);
  return index < 0 || share >= 1 ? variances.length : index + 1;
}

/** Scores on the first `count` components: samples × count. */
export function project(x: Matrix, { means, axes }: PrincipalComponents, count: number): Matrix {
  const kept = Math.min(count, axes.rows);
  const first: Matrix = { rows: kept, cols: axes.cols, data: axes.data.subarray(0, kept * axes.cols) };
  return times(centerColumns(x, means), transpose(first));
}

export function columnMeans({ rows, cols, data }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) means[j] += data[i * cols + j];
  return means.map((sum) => sum / rows);
}

export function centerColumns(x: Matrix, means: Float64Array = columnMeans(x)): Matrix {
  const out = zeroMatrix(x.rows, x.cols);
  for (let i = 0, at = 0; i < x.rows; i++) for (let j = 0; j < x.cols; j++, at++) out.data[at] = x.data[at] - means[j];
  return out;
}
