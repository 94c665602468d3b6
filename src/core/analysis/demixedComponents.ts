/**
 * Demixed principal components: directions of activity that depend on time alone, on the condition alone, or on both
 * together, as far as one direction can. No regularisation.
 *
 *   X                    samples × units, each unit's mean taken off; sample = step + steps · condition
 *   X = Xt + Xc + Xtc    Xt: average over conditions, Xc: average over time, Xtc: the rest
 *   min ‖Xφ − X D F‖²    for each φ, over decoders D (units × k) and encoders F (k × units): regression of rank k
 *
 * With P the projection on the span of X's columns, the rows of F are the leading right singular vectors of P Xφ, and the
 * components are z = X D = P Xφ Fᵀ. A component explains of the whole variance
 *
 *   1 − ‖X − z f‖² / ‖X‖² = (2 zᵀ X fᵀ − zᵀz) / ‖X‖²
 *
 * which is never below the variance of z: what a regression cannot predict of Xφ Fᵀ makes z small, not X.
 * Source: Kobak et al. 2016, eLife 5:e10989.
 */
import { LabError } from '../errors.ts';
import { matrixOf, times, transpose, transposeTimes, zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { centerColumns } from '../math/linear/principalComponents.ts';
import { dot } from '../math/linear/products.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';
import type { Tensor } from '../math/tensor.ts';
import { requireFinite, requireVariation } from '../metrics/requirements.ts';

export const marginalisations = ['time', 'condition', 'interaction'] as const;
export type Marginalisation = (typeof marginalisations)[number];

export type DemixedComponents = {
  readonly marginalisation: Marginalisation;
  /** ‖Xφ‖² / ‖X‖²; the three add up to 1 */
  readonly share: number;
  /** k × units, orthonormal rows; signs are arbitrary */
  readonly encoder: Matrix;
  /** k × samples: what the decoders read out of the activity */
  readonly components: Matrix;
  /** k: share of the whole variance that each component explains by itself, through the encoder */
  readonly explained: Float64Array;
};

/**
 * x: samples × units, one condition after the other. At most `count` components of each kind: fewer where time or the
 * conditions have fewer directions (steps − 1, conditions − 1). Throws LabError `analysis.conditions`, `metric.*`.
 */
export function demixedComponents(x: Tensor, conditions: number, count: number): DemixedComponents[] {
  const what = 'demixed components';
  requireFinite(x, what);
  const steps = x.shape[0] / conditions;
  if (!(conditions > 1 && Number.isInteger(steps) && steps > 1)) {
    throw new LabError(
      'analysis.conditions',
      `Finding demixed components: expected at least 2 conditions of at least 2 time steps each, found ${x.shape[0]} samples in ${conditions}.`,
    );
  }
  const raw = matrixOf(x);
  requireVariation(raw, what);
  const centered = centerColumns(raw);
  const span = orthonormalColumns(centered);
  const whole = squares(centered);
  const most: Record<Marginalisation, number> = {
    time: steps - 1,
    condition: conditions - 1,
    interaction: (steps - 1) * (conditions - 1),
  };
  const parts = marginalParts(centered, steps, conditions);
  return marginalisations.map((marginalisation) => {
    const part = parts[marginalisation];
    const kept = Math.min(count, most[marginalisation], span.cols);
    const inSpan = transposeTimes(span, part); // directions × units: P Xφ in the basis of the span
    const { vectors } = symmetricEigen(transposeTimes(inSpan, inSpan));
    const encoder = { rows: kept, cols: raw.cols, data: vectors.data.slice(0, kept * raw.cols) };
    const components = transpose(times(span, times(inSpan, transpose(encoder))));
    return {
      marginalisation,
      share: squares(part) / whole,
      encoder,
      components,
      explained: explainedBy(centered, encoder, components, whole),
    };
  });
}

/** The marginal averages of the centred activity, each repeated to its full size; they add up to it. */
function marginalParts(x: Matrix, steps: number, conditions: number): Record<Marginalisation, Matrix> {
  const { rows, cols: units, data } = x;
  const overConditions = zeroMatrix(steps, units);
  const overTime = zeroMatrix(conditions, units);
  for (let s = 0; s < rows; s++) {
    for (let i = 0; i < units; i++) {
      overConditions.data[(s % steps) * units + i] += data[s * units + i] / conditions;
      overTime.data[Math.floor(s / steps) * units + i] += data[s * units + i] / steps;
    }
  }
  const [time, condition, interaction] = [0, 0, 0].map(() => zeroMatrix(rows, units));
  for (let s = 0; s < rows; s++) {
    for (let i = 0; i < units; i++) {
      const k = s * units + i;
      time.data[k] = overConditions.data[(s % steps) * units + i];
      condition.data[k] = overTime.data[Math.floor(s / steps) * units + i];
      interaction.data[k] = data[k] - time.data[k] - condition.data[k];
    }
  }
  return { time, condition, interaction };
}

/**
 * An orthonormal basis of the span of the columns, as columns. Each is made orthogonal to those before it, twice, so
 * that rounding leaves nothing; what is then no more than rounding adds no direction.
 */
function orthonormalColumns(x: Matrix): Matrix {
  const { rows: columns, cols: length, data } = transpose(x);
  const negligible = Math.max(columns, length) * Number.EPSILON * Math.sqrt(squares(x));
  const basis = new Float64Array(Math.min(columns, length) * length);
  let found = 0;
  for (let i = 0; i < columns && found * length < basis.length; i++) {
    const v = data.subarray(i * length, (i + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let q = 0; q < found; q++) {
        const along = dot(basis, q * length, v, 0, length);
        for (let s = 0; s < length; s++) v[s] -= along * basis[q * length + s];
      }
    }
    const norm = Math.sqrt(dot(v, 0, v, 0, length));
    if (norm <= negligible) continue;
    for (let s = 0; s < length; s++) basis[found * length + s] = v[s] / norm;
    found++;
  }
  return transpose({ rows: found, cols: length, data: basis.subarray(0, found * length) });
}

function explainedBy(x: Matrix, encoder: Matrix, components: Matrix, whole: number): Float64Array {
  const along = transpose(times(x, transpose(encoder))); // k × samples: X fᵀ
  const samples = x.rows;
  return Float64Array.from({ length: encoder.rows }, (_, k) => {
    const [z, from] = [components.data, k * samples];
    return (2 * dot(z, from, along.data, from, samples) - dot(z, from, z, from, samples)) / whole;
  });
}

function squares({ data }: Matrix): number {
  return dot(data, 0, data, 0, data.length);
}
