import { zeros, type Tensor } from '../math/tensor.ts';
import { activations } from '../models/activations.ts';
import { mapParameters, type NetworkShape, type Parameters } from '../models/parameters.ts';
import type { Credit } from '../rules/rule.ts';
import { float64Data, type Activity } from './forward.ts';

/**
 * Credit assignment: the gradient as the rule sees it. B trials, T time steps, N units.
 *
 *   L[t] = Woutᵀ e[t] + p h[t]                                      learning signal; p h: slope of the activity penalty
 *   δ[t] = φ′(a[t]) ∘ (L[t] + α Brec δ[t+1]) + (1 − α) δ[t+1]       error of the preactivations
 *
 *   gWrec = α Σ δ[t] h[t−1]ᵀ     gWin = α Σ δ[t] x[t]ᵀ     gb = α Σ δ[t]
 *   gWout = Σ e[t] h[t]ᵀ         gbout = Σ e[t]            ga0 = Σ δ[0], with L[0] = 0
 *
 * Sums run over trials and steps. Brec = Wrecᵀ where the rule lets errors pass between units, else nothing passes.
 * error e: B × T × outputs; input x: B × T × inputs.
 */
export function backwardPass(
  shape: NetworkShape,
  credit: Credit,
  parameters: Parameters,
  input: Tensor<Float64Array>,
  activity: Activity,
  error: Float64Array,
  penaltySlope: number,
): Parameters {
  const { units: N, inputs, outputs, alpha } = shape;
  const { slope } = activations[shape.activation];
  const { trials, steps, h0, a, h } = activity;
  const { a0, Wrec, Wout } = float64Data(parameters);
  const gradient = mapParameters(parameters, (p) => zeros(p.shape));
  const g = float64Data(gradient);
  const between = credit.recurrent === 'transpose';

  const delta = new Float64Array(N); // δ[t+1] until the end of the step, then δ[t]
  const scaled = new Float64Array(N); // α δ[t]
  const signal = new Float64Array(N); // all that arrives at the rates of a step
  for (let trial = 0; trial < trials; trial++) {
    delta.fill(0);
    scaled.fill(0);
    for (let t = steps - 1; t >= 0; t--) {
      const row = trial * steps + t;
      const now = row * N;
      for (let i = 0; i < N; i++) signal[i] = penaltySlope * h[now + i];
      addTransposed(signal, Wout, error, row * outputs, outputs);
      if (between) addTransposed(signal, Wrec, scaled, 0, N);
      for (let i = 0; i < N; i++) {
        delta[i] = slope(a[now + i]) * signal[i] + (1 - alpha) * delta[i];
        scaled[i] = alpha * delta[i];
        g.b[i] += scaled[i];
      }
      if (t > 0) addOuter(g.Wrec, scaled, 0, N, h, now - N, N);
      else addOuter(g.Wrec, scaled, 0, N, h0, 0, N);
      addOuter(g.Win, scaled, 0, N, input.data, row * inputs, inputs);
      addOuter(g.Wout, error, row * outputs, outputs, h, now, N);
      for (let o = 0; o < outputs; o++) g.bout[o] += error[row * outputs + o];
    }
    signal.fill(0);
    if (between) addTransposed(signal, Wrec, scaled, 0, N);
    for (let i = 0; i < N; i++) g.a0[i] += slope(a0[i]) * signal[i] + (1 - alpha) * delta[i];
  }
  return gradient;
}

/** out += Wᵀ v; W: rows × out.length, v: `rows` values from `start`. */
function addTransposed(out: Float64Array, W: Float64Array, v: Float64Array, start: number, rows: number): void {
  const columns = out.length;
  for (let r = 0; r < rows; r++) {
    const factor = v[start + r];
    if (factor === 0) continue;
    const offset = r * columns;
    for (let c = 0; c < columns; c++) out[c] += W[offset + c] * factor;
  }
}

/** out += u vᵀ; out: rows × columns. */
function addOuter(
  out: Float64Array,
  u: Float64Array,
  uStart: number,
  rows: number,
  v: Float64Array,
  vStart: number,
  columns: number,
): void {
  for (let r = 0; r < rows; r++) {
    const factor = u[uStart + r];
    if (factor === 0) continue;
    const offset = r * columns;
    for (let c = 0; c < columns; c++) out[offset + c] += factor * v[vStart + c];
  }
}
