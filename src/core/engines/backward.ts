import { addOuter, addTransposed } from '../math/linear/products.ts';
import type { Floats } from '../math/tensor.ts';
import { activationOf } from '../models/activations.ts';
import { alphaOfUnits } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import { emptyGradient, type Gradient, type Pass } from '../rules/pass.ts';
import type { Credit } from '../rules/rule.ts';

/**
 * Credit assignment: the gradient as the rule sees it. B trials, T time steps, N units.
 *
 *   L[t] = Boutᵀ e[t] + p h[t]                           learning signal; p h: slope of the activity penalty; L[0] = 0
 *   δ[t] = φ′(a[t]) ∘ L[t] + s[t] ∘ (Brecᵀ (α δ[t+1])) + (1 − α) δ[t+1]      leak on the preactivation: error of a[t]
 *   q[t] = L[t] + Brecᵀ (α s[t+1] q[t+1]) + (1 − α) q[t+1], δ[t] = φ′(u[t]) ∘ q[t]       leak on the rate: error of h[t]
 *
 *   gW    = Σ α δ[t] h[t−1]ᵀ     gWin  = Σ α δ[t] x[t]ᵀ     gb = Σ α δ[t]
 *   gWout = Σ e[t] h[t]ᵀ         gbout = Σ e[t]             ga0 = Σ δ[0], or Σ q[0]
 *
 * Sums run over trials and steps; α is that of each unit. Bout = Wout, Brec = W and s = φ′ unless the rule says
 * otherwise, see `Credit`; without Brec, and where its window ends, nothing passes between units. A rule that keeps
 * errors as a leaking rate would takes the second form whatever leaks; one that keeps nothing drops the last term.
 */
export function backwardPass(pass: Pass, credit: Credit, wiring: Wiring): Gradient {
  const { shape, parameters, weights, input: x, error, penaltySlope } = pass;
  const { units: N, inputs, outputs } = shape;
  const { slope } = activationOf(shape);
  const slopeBetween = credit.slope === null ? slope : (): number => credit.slope!;
  const { trials, steps, h0, a, h } = pass.activity;
  const { a0, Wout } = parameters;
  const alpha = alphaOfUnits(shape);
  const leakyRate = shape.leak === 'rate';
  const ofRates = leakyRate || credit.keeps === 'rate';
  const kept = credit.keeps === 'nothing' ? new Float64Array(N) : alpha.map((share) => 1 - share);
  const Bout = credit.readout === 'transpose' ? Wout : wiring.Bout!.data;
  const addBetween = recurrentFeedback(credit, wiring, weights);
  const g = emptyGradient(pass);

  const signal = new Float64Array(N); // L[t]
  const scaled = new Float64Array(N); // α δ[t]
  const sent = new Float64Array(N); // α δ[t], or α s[t] q[t]: what passes between units from step t to t − 1
  const between = new Float64Array(N); // Brecᵀ times what was sent
  const carried = new Float64Array(N); // (1 − α) δ[t+1], or of q: what each unit keeps by its own leak
  for (let trial = 0; trial < trials; trial++) {
    between.fill(0);
    carried.fill(0);
    for (let t = steps - 1; t >= 0; t--) {
      const row = trial * steps + t;
      const now = row * N;
      for (let i = 0; i < N; i++) signal[i] = penaltySlope * h[now + i];
      addTransposed(signal, Bout, error, row * outputs, outputs);
      for (let i = 0; i < N; i++) {
        const v = a[now + i];
        if (ofRates) {
          const q = signal[i] + between[i] + carried[i];
          scaled[i] = alpha[i] * slope(v) * q;
          sent[i] = alpha[i] * slopeBetween(v) * q;
          carried[i] = kept[i] * q;
        } else {
          const delta = slope(v) * signal[i] + slopeBetween(v) * between[i] + carried[i];
          scaled[i] = sent[i] = alpha[i] * delta;
          carried[i] = kept[i] * delta;
        }
        g.b[i] += scaled[i];
      }
      between.fill(0);
      if (!windowEnds(credit, steps, t)) addBetween(between, sent);
      if (t > 0) addOuter(g.Wrec, scaled, 0, N, h, now - N, N);
      else addOuter(g.Wrec, scaled, 0, N, h0, 0, N);
      addOuter(g.Win, scaled, 0, N, x, row * inputs, inputs);
      addOuter(g.Wout, error, row * outputs, outputs, h, now, N);
      for (let o = 0; o < outputs; o++) g.bout[o] += error[row * outputs + o];
    }
    for (let i = 0; i < N; i++) {
      const ofState = ofRates && !leakyRate ? slope(a0[i]) : 1; // a0 is a preactivation whose rate's error was carried
      g.a0[i] += (leakyRate ? 1 : slopeBetween(a0[i])) * between[i] + ofState * carried[i];
    }
  }
  return g;
}

/** Adds Brecᵀ times what was sent. */
function recurrentFeedback(
  { recurrent }: Credit,
  { Brec }: Wiring,
  W: Float64Array,
): (between: Float64Array, sent: Float64Array) => void {
  const through =
    (matrix: Floats) =>
    (between: Float64Array, sent: Float64Array): void =>
      addTransposed(between, matrix, sent, 0, sent.length);
  switch (recurrent) {
    case 'none':
      return () => {};
    case 'transpose':
      return through(W);
    case 'diagonal':
      return (between, sent) => {
        for (let i = 0; i < sent.length; i++) between[i] += W[i * sent.length + i] * sent[i];
      };
    case 'random':
    case 'cell-types':
      return through(Brec!.data);
  }
}

/** Whether the rule cuts between step t, from 0, and the step before. */
function windowEnds({ window }: Credit, steps: number, t: number): boolean {
  return window !== null && (steps - t) % window === 0;
}
