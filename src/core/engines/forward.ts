import { sizeOf, type Tensor } from '../math/tensor.ts';
import { activationOf } from '../models/activations.ts';
import type { Activity, Perturbation } from '../models/activity.ts';
import { effectiveWeights } from '../models/effectiveWeights.ts';
import { alphaOfUnits, type NetworkShape, type Parameters } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import { dot } from '../math/linear/products.ts';

/**
 * Runs the network, see `Parameters` for its equations; `wiring` gives the mask of Wrec.
 *
 * input: B × T × inputs; noise: B × T × N or null; all float64. B trials, T time steps, N units.
 */
export function forwardPass(
  shape: NetworkShape,
  parameters: Parameters,
  wiring: Pick<Wiring, 'mask'>,
  input: Tensor<Float64Array>,
  noise: Tensor<Float64Array> | null,
  added: Perturbation | null = null,
): Activity {
  const { units: N, inputs, outputs } = shape;
  const { value } = activationOf(shape);
  const [trials, steps] = input.shape as [number, number];
  const { a0, Win, Wrec, b, Wout, bout } = float64Data(parameters);
  const W = effectiveWeights(shape, wiring, Wrec);
  const alpha = alphaOfUnits(shape);
  const leakyRate = shape.leak === 'rate';
  const x = input.data;
  const activity: Activity = {
    trials,
    steps,
    h0: leakyRate ? a0.slice() : a0.map(value),
    a: new Float64Array(sizeOf([trials, steps, N])),
    h: new Float64Array(sizeOf([trials, steps, N])),
    y: new Float64Array(sizeOf([trials, steps, outputs])),
  };
  const { h0, a, h, y } = activity;
  let [aStart, hStart] = [a0, h0];
  const perturbStart = (trial: number): void => {
    aStart = a0.map((v, i) => v + added!.start[trial * N + i]);
    hStart = leakyRate ? aStart : aStart.map(value);
  };

  for (let row = 0; row < trials * steps; row++) {
    const now = row * N;
    const first = row % steps === 0;
    if (first && added) perturbStart(row / steps);
    const [aBefore, hBefore, before] = first ? [aStart, hStart, 0] : [a, h, now - N];
    for (let i = 0; i < N; i++) {
      const own = b[i] + (added ? added.drive[now + i] : 0);
      const u = dot(W, i * N, hBefore, before, N) + dot(Win, i * inputs, x, row * inputs, inputs) + own;
      a[now + i] = leakyRate ? u : leaky(aBefore[before + i], u, alpha[i]);
      const rate = value(a[now + i]);
      h[now + i] = (leakyRate ? leaky(hBefore[before + i], rate, alpha[i]) : rate) + (noise ? noise.data[now + i] : 0);
    }
    for (let o = 0; o < outputs; o++) y[row * outputs + o] = dot(Wout, o * N, h, now, N) + bout[o];
  }
  return activity;
}

/** One step of size α from `previous` towards `goal`. */
function leaky(previous: number, goal: number, alpha: number): number {
  return previous + alpha * (goal - previous);
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
