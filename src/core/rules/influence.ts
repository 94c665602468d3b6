/**
 * How one step of a network carries influences forward in time, for rules that follow them: RTRL exactly, UORO by chance.
 *
 * s: the state of N units, a with the leak on the preactivation, h with the leak on the rate. Each weight acts on the
 * drive u of one unit, its target: u = W h[t−1] + Win x[t] + b = V z[t], V = (W | Win | b), z[t] = (h[t−1] | x[t] | 1).
 *
 *   ∂s[t]/∂θ = D[t] ∂s[t−1]/∂θ + drive ∘ ∂u[t]/∂θ      D[t] = diag(1 − α) + diag(drive) W diag(rateBefore)
 *   ∂loss/∂θ = Σt (L[t] ∘ rate)ᵀ ∂s[t]/∂θ
 *
 *                 leak on the preactivation     leak on the rate
 *   drive         α                             α φ′(u[t])         ∂s[t]/∂u[t]
 *   rateBefore    φ′(a[t−1])                    1                  ∂h[t−1]/∂s[t−1]
 *   rate          φ′(a[t])                      1                  ∂h[t]/∂s[t]
 */
import { dot } from '../math/linear/products.ts';
import { activationOf } from '../models/activations.ts';
import { alphaOfUnits } from '../models/parameters.ts';
import { learningSignal } from './readout.ts';
import type { Gradient, Pass } from './pass.ts';

export class Influence {
  /** N + inputs + 1: entries of z, and of a row of V */
  readonly sources: number;
  /** z[t] */
  readonly z: Float64Array;
  /** N: see above */
  readonly drive: Float64Array;
  /** N: L[t] ∘ rate, the error at the state */
  readonly error: Float64Array;
  readonly #rateBefore: Float64Array;
  readonly #rate: Float64Array;
  readonly #alpha: Float64Array;
  readonly #pass: Pass;

  constructor(pass: Pass) {
    const { units: N, inputs } = pass.shape;
    this.#pass = pass;
    this.#alpha = alphaOfUnits(pass.shape);
    this.sources = N + inputs + 1;
    this.z = new Float64Array(this.sources).fill(1);
    [this.drive, this.error, this.#rateBefore, this.#rate] = [0, 0, 1, 1].map((v) => new Float64Array(N).fill(v)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  }

  /** Goes to step t (from 0) of a trial; steps are to be taken in order. */
  enter(trial: number, t: number): void {
    const { shape, parameters, input, activity } = this.#pass;
    const { units: N, inputs } = shape;
    const { slope } = activationOf(shape);
    const row = trial * activity.steps + t;
    const before = t === 0 ? activity.h0 : activity.h.subarray((row - 1) * N, row * N);
    this.z.set(before);
    this.z.set(input.subarray(row * inputs, (row + 1) * inputs), N);
    for (let i = 0; i < N; i++) {
      const slopeNow = slope(activity.a[row * N + i]);
      if (shape.leak === 'rate') this.drive[i] = this.#alpha[i] * slopeNow;
      else {
        this.drive[i] = this.#alpha[i];
        this.#rateBefore[i] = t === 0 ? slope(parameters.a0[i]) : this.#rate[i];
        this.#rate[i] = slopeNow;
      }
    }
    learningSignal(this.#pass, parameters.Wout, row, this.error);
    for (let i = 0; i < N; i++) this.error[i] *= this.#rate[i];
  }

  /** D[t] P into `to`; P: N rows of `width`. */
  carry(P: Float64Array, width: number, to: Float64Array): void {
    const { weights, shape } = this.#pass;
    const N = shape.units;
    for (let k = 0; k < N; k++) {
      const row = to.subarray(k * width, (k + 1) * width);
      for (let m = 0; m < width; m++) row[m] = (1 - this.#alpha[k]) * P[k * width + m];
      for (let l = 0; l < N; l++) {
        const factor = this.drive[k] * weights[k * N + l] * this.#rateBefore[l];
        if (factor === 0) continue;
        for (let m = 0; m < width; m++) row[m] += factor * P[l * width + m];
      }
    }
  }
}

/** Sorts the gradient of V (N × sources) into those of W, Win and b. */
export function splitGradient(gV: Float64Array, { units: N, inputs }: Pass['shape'], gradient: Gradient): void {
  const sources = N + inputs + 1;
  for (let i = 0; i < N; i++) {
    const row = gV.subarray(i * sources, (i + 1) * sources);
    gradient.Wrec.set(row.subarray(0, N), i * N);
    gradient.Win.set(row.subarray(N, N + inputs), i * inputs);
    gradient.b[i] = row[N + inputs];
  }
}

export function norm(v: Float64Array): number {
  return Math.sqrt(dot(v, 0, v, 0, v.length));
}
