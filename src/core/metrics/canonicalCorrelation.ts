/**
 * Regularised canonical correlations: pairs of directions, one per set, along which two sets of activity go together most.
 *
 *   X, Y    samples × units, each unit's mean taken off, in the principal components that are kept
 *   Wx    = (Xᵀ X + ρ I)^−½,  Wy likewise;   Wx (Xᵀ Y) Wy = U Σ Vᵀ
 *   pair i: X Wx uᵢ and Y Wy vᵢ, of which the correlation is taken
 *
 * In its principal components Xᵀ X is diagonal. Directions without variance are left out, as they correlate with nothing.
 * ρ is added to sums over samples, not to means: the more samples there are, the less it does.
 *
 * Source: Hotelling 1936, Biometrika 28:321; Vinod 1976, J. Econometrics 4:147 (ρ).
 */
import { LabError } from '../errors.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { times, transpose, zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import {
  centerColumns,
  componentsForVariance,
  principalComponents,
  project,
} from '../math/linear/principalComponents.ts';
import { svd } from '../math/linear/svd.ts';

export type CorrelationSettings = {
  /** what bounds the number of pairs: principal components of each set, their share of the variance, or the pairs */
  readonly keep: 'components' | 'variance' | 'pairs';
  readonly components: number;
  readonly variance: number;
  readonly pairs: number;
  /** ρ */
  readonly regularization: number;
};

/** Correlation of each pair in samples × units, largest canonical correlation first. */
export type CanonicalPairs = { correlations(x: Matrix, y: Matrix): Float64Array };

export function canonicalPairs(
  x: Matrix,
  y: Matrix,
  settings: CorrelationSettings,
  linear: LinearAlgebra,
): CanonicalPairs {
  const [ofX, ofY] = [whitened(x, settings, linear), whitened(y, settings, linear)];
  if (settings.regularization === 0) requireEnoughSamples(x.rows, ofX.whitening.length, ofY.whitening.length);
  const covariance = linear.transposeTimes(ofX.scores(x), ofY.scores(y));
  const { left, right } = svd(scaledRowsAndColumns(covariance, ofX.whitening, ofY.whitening));
  const count = settings.keep === 'pairs' ? Math.min(settings.pairs, left.rows) : left.rows;
  const [directionsX, directionsY] = [directions(left, ofX.whitening, count), directions(right, ofY.whitening, count)];
  return {
    correlations: (otherX, otherY) =>
      columnCorrelations(times(ofX.scores(otherX), directionsX), times(ofY.scores(otherY), directionsY)),
  };
}

type Whitened = {
  /** samples × units → samples × components, under the fitted means and components */
  scores(x: Matrix): Matrix;
  /** (λ + ρ)^−½ of each component */
  readonly whitening: Float64Array;
};

function whitened(x: Matrix, settings: CorrelationSettings, linear: LinearAlgebra): Whitened {
  const components = principalComponents(x, linear);
  const { variances } = components;
  const rounding = Math.max(x.rows, x.cols) * Number.EPSILON * variances[0];
  const rank = variances.filter((v) => v > rounding).length;
  const asked = {
    components: settings.components,
    variance: componentsForVariance(components, settings.variance),
    pairs: rank,
  }[settings.keep];
  const count = Math.min(asked, rank);
  return {
    scores: (other) => project(other, components, count),
    whitening: variances.slice(0, count).map((v) => 1 / Math.sqrt(v * (x.rows - 1) + settings.regularization)),
  };
}

function scaledRowsAndColumns(a: Matrix, rows: Float64Array, cols: Float64Array): Matrix {
  return { ...a, data: a.data.map((v, i) => v * rows[Math.floor(i / a.cols)] * cols[i % a.cols]) };
}

/** components × pairs, from pairs × components */
function directions(vectors: Matrix, whitening: Float64Array, count: number): Matrix {
  const first = { rows: count, cols: vectors.cols, data: vectors.data.subarray(0, count * vectors.cols) };
  return transpose({ ...first, data: first.data.map((v, i) => v * whitening[i % first.cols]) });
}

/** Correlation of equal columns; those of which one does not vary are left out, as published. */
function columnCorrelations(a: Matrix, b: Matrix): Float64Array {
  const [u, v] = [centerColumns(a), centerColumns(b)];
  const sums = zeroMatrix(3, a.cols).data;
  const n = a.cols;
  for (let i = 0; i < u.data.length; i++) {
    const j = i % n;
    sums[j] += u.data[i] * v.data[i];
    sums[n + j] += u.data[i] ** 2;
    sums[2 * n + j] += v.data[i] ** 2;
  }
  const correlations = Array.from({ length: n }, (_, j) => sums[j] / Math.sqrt(sums[n + j] * sums[2 * n + j]));
  return Float64Array.from(correlations.filter((r) => Number.isFinite(r) && r !== 0));
}

/** With more dimensions than samples, without ρ, some correlations are 1 whatever the activity. */
function requireEnoughSamples(samples: number, dimensionsX: number, dimensionsY: number): void {
  if (dimensionsX + dimensionsY < samples) return;
  throw new LabError(
    'metric.tooFewSamples',
    `Correlating ${dimensionsX} with ${dimensionsY} dimensions without regularisation: expected more samples than dimensions, found ${samples}; some correlations would be 1 whatever the activity. Keep fewer principal components, or set the regularisation above 0.`,
  );
}
