/** Rules as they are usually written, as sums that run forward in time: what engines compute backwards must agree. */
import { referenceEngine } from '../../core/engines/reference.ts';
import { mainLoss } from '../../core/engines/loss.ts';
import { forwardPass } from '../../core/engines/forward.ts';
import type { Tensor } from '../../core/math/tensor.ts';
import { activationOf } from '../../core/models/activations.ts';
import { toRawGradient } from '../../core/models/effectiveWeights.ts';
import { alphaOfUnits } from '../../core/models/parameters.ts';
import type { LearningRule } from '../../core/rules/rule.ts';
import { batchOf, noiseOf, setupOf, stateOf, weightsOf, type Form } from './smallNetwork.ts';

/** What a trace does in one step. All of one synapse, from j to i. */
export type Trace = {
  /** the trace after a step, from the one before */
  next(trace: number, now: Moment): number;
  /** what the learning signal meets */
  eligible(trace: number, now: Moment): number;
};

export type Moment = {
  readonly alpha: number;
  readonly leakyRate: boolean;
  /** φ′ of unit i at this step, and at the one before */
  readonly slope: number;
  readonly slopeBefore: number;
  /** weight of unit i to itself */
  readonly self: number;
  /** rate of unit j a step ago */
  readonly hBefore: number;
};

/** gWrec = Σ L[t] · eligible(trace[t]) over trials and steps, L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]. */
export function gradientOfTraces(rule: LearningRule, form: Form, trace: Trace): Float64Array {
  const { shape } = setupOf(rule, form);
  const { parameters, wiring, activityPenalty } = stateOf(rule, form);
  const { units: N, outputs } = shape;
  const { slope } = activationOf(shape);
  const batch = batchOf(form);
  const float64 = (t: Tensor): Tensor<Float64Array> => t as Tensor<Float64Array>;
  const { trials, steps, a, h, h0, y } = forwardPass(
    shape,
    parameters,
    wiring,
    float64(batch.input),
    float64(noiseOf()),
  );
  const { error } = mainLoss(form.loss, outputs, y, float64(batch.target), float64(batch.mask));
  const Bout = (rule.credit!.readout === 'transpose' ? parameters.Wout : wiring.Bout!).data;
  const W = weightsOf(form).data;
  const alpha = alphaOfUnits(shape);
  const total = new Float64Array(N * N);
  for (let k = 0; k < N * N; k++) {
    const [i, j] = [Math.floor(k / N), k % N];
    for (let trial = 0; trial < trials; trial++) {
      let kept = 0;
      for (let t = 0; t < steps; t++) {
        const row = trial * steps + t;
        let signal = (2 * activityPenalty * h[row * N + i]) / h.length;
        for (let o = 0; o < outputs; o++) signal += Bout[o * N + i] * error[row * outputs + o];
        const now: Moment = {
          alpha: alpha[i],
          leakyRate: form.leak === 'rate',
          slope: slope(a[row * N + i]),
          slopeBefore: slope(t === 0 ? parameters.a0.data[i] : a[(row - 1) * N + i]),
          self: W[i * N + i],
          hBefore: t === 0 ? h0[j] : h[(row - 1) * N + j],
        };
        kept = trace.next(kept, now);
        total[k] += signal * trace.eligible(kept, now);
      }
    }
  }
  toRawGradient(shape, wiring, parameters.Wrec.data, total);
  return total;
}

/** e-prop, Bellec et al. 2020: the derivative of a unit's own state. */
export const epropTrace: Trace = {
  next: (trace, { alpha, leakyRate, slope, hBefore }) =>
    (1 - alpha) * trace + alpha * (leakyRate ? slope : 1) * hBefore,
  eligible: (trace, { leakyRate, slope }) => (leakyRate ? 1 : slope) * trace,
};

/** RFLO, Murray 2019, equation as published: the slope enters the trace. */
export const rfloTrace: Trace = {
  next: (trace, { alpha, slope, hBefore }) => (1 - alpha) * trace + alpha * slope * hBefore,
  eligible: (trace) => trace,
};

/** Present activity alone. */
export const presentTrace: Trace = {
  next: (_, { alpha, slope, hBefore }) => alpha * slope * hBefore,
  eligible: (trace) => trace,
};

/** SnAp-1, Menick et al. 2021: what comes back through the unit's connection to itself belongs to its state. */
export const snapTrace: Trace = {
  next: (trace, { alpha, leakyRate, slope, slopeBefore, self, hBefore }) =>
    leakyRate
      ? (1 - alpha + alpha * slope * self) * trace + alpha * slope * hBefore
      : (1 - alpha + alpha * self * slopeBefore) * trace + alpha * hBefore,
  eligible: (trace, { leakyRate, slope }) => (leakyRate ? 1 : slope) * trace,
};

/** Largest difference of the engine's gWrec from that of traces, as a share of the largest entry. */
export function apartFromTraces(rule: LearningRule, form: Form, trace: Trace): number {
  const { Wrec } = referenceEngine
    .open(setupOf(rule, form), stateOf(rule, form))
    .gradient(batchOf(form), noiseOf()).gradient;
  const expected = gradientOfTraces(rule, form, trace);
  return Math.max(...expected.map((v, k) => Math.abs(v - Wrec.data[k]))) / Math.max(...expected.map(Math.abs));
}
