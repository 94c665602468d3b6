import { sizeOf, type Tensor } from '../math/tensor.ts';
import { activations } from '../models/activations.ts';
import type { NetworkShape, Parameters } from '../models/parameters.ts';

/** What a pass leaves behind. B trials, T time steps, N units; flat, row-major, float64. */
export type Activity = {
  readonly trials: number;
  readonly steps: number;
  /** N: rate before the first step, φ(a0), the same in all trials */
  readonly h0: Float64Array;
  /** B × T × N: preactivation */
  readonly a: Float64Array;
  /** B × T × N: rate, noise included */
  readonly h: Float64Array;
  /** B × T × outputs: readout */
  readonly y: Float64Array;
};

/**
 * Runs the network, see `Parameters` for its equation.
 *
 * input: B × T × inputs; noise: B × T × N or null; all float64.
 */
export function forwardPass(
  shape: NetworkShape,
  parameters: Parameters,
  input: Tensor<Float64Array>,
  noise: Tensor<Float64Array> | null,
): Activity {
  const { units: N, inputs, outputs, alpha } = shape;
  const { value } = activations[shape.activation];
  const [trials, steps] = input.shape as [number, number];
  const { a0, Win, Wrec, b, Wout, bout } = float64Data(parameters);
  const x = input.data;
  const activity: Activity = {
    trials,
    steps,
    h0: a0.map(value),
    a: new Float64Array(sizeOf([trials, steps, N])),
    h: new Float64Array(sizeOf([trials, steps, N])),
    y: new Float64Array(sizeOf([trials, steps, outputs])),
  };
  const { h0, a, h, y } = activity;

  for (let row = 0; row < trials * steps; row++) {
    const now = row * N;
    const first = row % steps === 0;
    const [aBefore, hBefore, before] = first ? [a0, h0, 0] : [a, h, now - N];
    for (let i = 0; i < N; i++) {
      const drive = dot(Wrec, i * N, hBefore, before, N) + dot(Win, i * inputs, x, row * inputs, inputs) + b[i];
      const previous = aBefore[before + i];
      a[now + i] = previous + alpha * (drive - previous);
      h[now + i] = value(a[now + i]) + (noise ? noise.data[now + i] : 0);
    }
    for (let o = 0; o < outputs; o++) y[row * outputs + o] = dot(Wout, o * N, h, now, N) + bout[o];
  }
  return activity;
}

/** The flat arrays of float64 parameters. */
export function float64Data(parameters: Parameters): Record<keyof Parameters, Float64Array> {
  const { a0, Win, Wrec, b, Wout, bout } = parameters;
  return {
    a0: a0.data as Float64Array,
    Win: Win.data as Float64Array,
    Wrec: Wrec.data as Float64Array,
    b: b.data as Float64Array,
    Wout: Wout.data as Float64Array,
    bout: bout.data as Float64Array,
  };
}

/** Σk u[uStart + k] v[vStart + k]; four sums at a time, which keeps the processor busy. */
function dot(u: Float64Array, uStart: number, v: Float64Array, vStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    s0 += u[uStart + k] * v[vStart + k];
    s1 += u[uStart + k + 1] * v[vStart + k + 1];
    s2 += u[uStart + k + 2] * v[vStart + k + 2];
    s3 += u[uStart + k + 3] * v[vStart + k + 3];
  }
  for (; k < length; k++) s0 += u[uStart + k] * v[vStart + k];
  return s0 + s1 + (s2 + s3);
}
