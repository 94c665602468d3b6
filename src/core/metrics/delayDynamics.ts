/**
 * A linear model of how activity moves on, in coordinates of activity and its recent past (dynamic mode decomposition of a
 * delay embedding, HAVOK).
 *
 *   h[t]  = (x[t], x[t−1], …, x[t−d+1])          d delays, each unit's mean taken off, within a condition
 *   H     = U Σ Vᵀ, rows h[t] of all conditions;  z[t] = row of U, for the r largest singular values: of one length each way
 *   A     = argmin Σt ‖z[t+k] − A z[t]‖²          r × r, k steps ahead
 *
 * Left over, the sign of each coordinate is the one in which Σ z³ ≥ 0, which rotations of the units do not change.
 *
 * Source: Ostrow et al. 2023, NeurIPS; Brunton et al. 2017, Nat. Commun. 8:19; Schmid 2010, J. Fluid Mech. 656:5.
 */
import { LabError } from '../errors.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { times, transpose, zeroMatrix } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';

/** samples of conditions one after the other, in order of time within each */
export type Courses = { readonly samples: Matrix; readonly conditions: number };

export type DelaySettings = { readonly delays: number; readonly rank: number; readonly ahead: number };

export type DelayDynamics = {
  /** A */
  readonly step: Matrix;
  /** Σ of the r directions */
  readonly sizes: Float64Array;
  /** delays · units × r; z = h · axes, h = z · diag(Σ²) · axesᵀ as far as it lies in them */
  readonly axes: Matrix;
};

/** courses: centred. The rank is at most that of the embedded activity. */
export function fitDynamics(courses: Courses, settings: DelaySettings, linear: LinearAlgebra): DelayDynamics {
  const embedded = embed(courses, settings.delays);
  const { axes, sizes } = coordinates(embedded.samples, settings.rank, linear);
  return { step: stepIn(embedded, axes, settings.ahead, linear), axes, sizes };
}

/** The model in the first `rank` of the same coordinates. */
export function ofRank(
  { axes, sizes }: DelayDynamics,
  rank: number,
  courses: Courses,
  settings: DelaySettings,
  linear: LinearAlgebra,
): DelayDynamics {
  const first = firstColumns(axes, rank);
  const step = stepIn(embed(courses, settings.delays), first, settings.ahead, linear);
  return { step, axes: first, sizes: sizes.slice(0, rank) };
}

/** (steps − delays + 1) · conditions × units · delays, newest first. */
export function embed({ samples, conditions }: Courses, delays: number): Courses {
  const steps = samples.rows / conditions;
  const units = samples.cols;
  const kept = steps - delays + 1;
  const out = zeroMatrix(conditions * kept, units * delays);
  for (let c = 0; c < conditions; c++) {
    for (let t = 0; t < kept; t++) {
      for (let d = 0; d < delays; d++) {
        const from = (c * steps + t + delays - 1 - d) * units;
        out.data.set(samples.data.subarray(from, from + units), (c * kept + t) * out.cols + d * units);
      }
    }
  }
  return { samples: out, conditions };
}

/** Pairs of samples so many steps apart, within conditions. */
export function stepsOf({ samples, conditions }: Courses, ahead: number): { before: Matrix; after: Matrix } {
  const steps = samples.rows / conditions;
  const part = (first: number): Matrix => {
    const length = (steps - ahead) * samples.cols;
    const out = zeroMatrix(conditions * (steps - ahead), samples.cols);
    for (let c = 0; c < conditions; c++) {
      const from = (c * steps + first) * samples.cols;
      out.data.set(samples.data.subarray(from, from + length), c * length);
    }
    return out;
  };
  return { before: part(0), after: part(ahead) };
}

/** Axes that take h to z, from the smaller of Hᵀ H and H Hᵀ. */
function coordinates(h: Matrix, rank: number, linear: LinearAlgebra): { axes: Matrix; sizes: Float64Array } {
  const wide = h.cols > h.rows;
  const rows = wide ? transpose(h) : h;
  const { values, vectors } = symmetricEigen(linear.transposeTimes(rows, rows));
  const rounding = Math.max(h.rows, h.cols) * Number.EPSILON * values[0];
  const count = Math.min(rank, values.filter((v) => v > rounding).length);
  const sizes = values.slice(0, count).map(Math.sqrt);
  const leading = transpose({ rows: count, cols: vectors.cols, data: vectors.data.slice(0, count * vectors.cols) });
  // z = H V / Σ with the right vectors V; of H Hᵀ the vectors are z, and V = Hᵀ z / Σ
  const right = wide ? linear.transposeTimes(h, leading) : leading;
  const scaled = right.data.map((v, k) => v / sizes[k % count] ** (wide ? 2 : 1));
  return { axes: signed(h, { ...right, data: scaled }), sizes };
}

function signed(h: Matrix, axes: Matrix): Matrix {
  const z = times(h, axes);
  const cubes = new Float64Array(axes.cols);
  z.data.forEach((v, k) => (cubes[k % axes.cols] += v ** 3));
  return { ...axes, data: axes.data.map((v, k) => (cubes[k % axes.cols] < 0 ? -v : v)) };
}

function stepIn(embedded: Courses, axes: Matrix, ahead: number, linear: LinearAlgebra): Matrix {
  const { before, after } = stepsOf({ ...embedded, samples: times(embedded.samples, axes) }, ahead);
  const covariance = linear.transposeTimes(before, before);
  return transpose(times(inverse(covariance), linear.transposeTimes(before, after)));
}

/** Of a symmetric matrix; directions in which it is nothing but rounding stay nothing. */
function inverse(a: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(a);
  const rounding = a.rows * Number.EPSILON * values[0];
  const scaled = vectors.data.map((v, k) => {
    const value = values[Math.floor(k / a.cols)];
    return value > rounding ? v / value : 0;
  });
  return times(transpose(vectors), { ...vectors, data: scaled });
}

function firstColumns(a: Matrix, count: number): Matrix {
  return { rows: a.rows, cols: count, data: a.data.filter((_, k) => k % a.cols < count) };
}

/** Refuses conditions too short for the delays, and fewer pairs of states than the rank. */
export function requireSteps(steps: number, conditions: number, settings: DelaySettings, metric: string): void {
  const { delays, rank, ahead } = settings;
  const shortest = delays + ahead;
  const pairs = Math.max(0, steps - shortest + 1) * conditions;
  if (pairs > rank) return;
  throw new LabError(
    'metric.tooFewSteps',
    `Fitting dynamics for ${metric}: expected at least ${shortest} steps in each condition (delays and steps ahead) and more than ${rank} pairs of states (the rank), found ${steps} steps and ${pairs} pairs. Take fewer delays or a lower rank.`,
  );
}
