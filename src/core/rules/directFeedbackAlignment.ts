import { addOuter, addTransposed } from '../math/linear/products.ts';
import type { TorchRandom } from '../math/random/torchRandom.ts';
import type { Floats } from '../math/tensor.ts';
import { activationOf } from '../models/activations.ts';
import { alphaOfUnits, type NetworkShape } from '../models/parameters.ts';
import { emptyGradient, type Gradient, type Pass } from './pass.ts';
import { addReadoutGradient, learningSignal } from './readout.ts';
import type { LearningRule } from './rule.ts';

const usual = 10;

/**
 * Direct feedback alignment through time: each output error reaches the units of earlier steps directly, through fixed
 * random weights of its own for every lag, and never through other units.
 *
 *   L[t]  = B₀ᵀ e[t] + ∂activity penalty/∂h[t] + α Σl Bₗᵀ e[t+l]     l = 1 … lags; Bₗ: outputs × N, drawn once
 *   δ[t]  = φ′(a[t]) ∘ L[t] + (1 − α) δ[t+1]                         each unit keeps its own leak
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                        gradient for the optimizer
 *
 * (With the leak on the rate q[t] = L[t] + (1 − α) q[t+1] and δ[t] = φ′(u[t]) ∘ q[t].) What an error l steps later owes
 * to a unit through other units is at least one connection, hence α, away; BPTT computes it, here a random matrix stands
 * for it. Bₗ ~ uniform in ±1/√N, as the readout's weights. Without lags the rule is e-prop with random broadcast; with
 * the network's true matrices Bₗ = Wout Wˡ, in a linear network with α = 1, it is BPTT. The initial state learns through
 * each unit's leak, as in e-prop.
 *
 * Sources: Nøkland 2016 sends the error of a deep network to every layer through a matrix of its own; Han et al. 2020 take
 * the layers for the time steps of a recurrent network.
 */
export const directFeedbackAlignment: LearningRule = {
  id: 'direct-feedback-alignment',
  label: 'Feedback alignment (direct)',
  summary: 'Errors reach the units of earlier steps directly, through fixed random weights for every lag.',
  source: 'Nøkland 2016, NeurIPS; Han et al. 2020, arXiv:2006.12830',
  equation: [
    ['L[t] = B₀ᵀ e[t] + ∂activity penalty/∂h[t] + α Σl Bₗᵀ e[t+l]', 'l = 1 … lags; Bₗ: outputs × N, drawn once'],
    ['δ[t] = φ′(a[t]) ∘ L[t] + (1 − α) δ[t+1]', 'each unit keeps its own leak'],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'none',
    timing: 'online',
    draws: 'once',
    memory: 'rates of as many steps as there are lags, N × lags',
  },
  credit: null,
  gradient: (pass) => directFeedback(pass, drawFeedback(pass.shape, usual, pass.fixed)),
  settings: {
    lags: {
      label: 'Lags',
      hint: 'how many steps back errors reach; 0: e-prop with random broadcast',
      unit: 'steps',
      default: usual,
      whole: true,
      least: 0,
      most: 10_000,
    },
  },
  configure: ({ lags }) => ({
    gradient: (pass) => directFeedback(pass, drawFeedback(pass.shape, lags, pass.fixed)),
  }),
};

/** Bₗ of lags 0, 1 …: outputs × N each. */
export function drawFeedback(
  { units, outputs }: Pick<NetworkShape, 'units' | 'outputs'>,
  lags: number,
  fixed: TorchRandom,
): Floats[] {
  const bound = 1 / Math.sqrt(units);
  return Array.from({ length: lags + 1 }, () => fixed.uniform(outputs * units, -bound, bound));
}

/** The gradient through these matrices, of lags 0, 1 … */
export function directFeedback(pass: Pass, feedback: readonly Floats[]): Gradient {
  const { shape, input, error } = pass;
  const { trials, steps, h0, a, h } = pass.activity;
  const { units: N, inputs, outputs } = shape;
  const { slope } = activationOf(shape);
  const alpha = alphaOfUnits(shape);
  const leakyRate = shape.leak === 'rate';
  const gradient = emptyGradient(pass);
  addReadoutGradient(pass, gradient);

  const signal = new Float64Array(N); // L[t]
  const later = new Float64Array(N); // Σl Bₗᵀ e[t+l]
  const scaled = new Float64Array(N); // α δ[t]
  const carried = new Float64Array(N); // (1 − α) δ[t+1], or of q
  for (let trial = 0; trial < trials; trial++) {
    carried.fill(0);
    for (let t = steps - 1; t >= 0; t--) {
      const row = trial * steps + t;
      learningSignal(pass, feedback[0], row, signal);
      later.fill(0);
      for (let l = 1; l < feedback.length && t + l < steps; l++) {
        addTransposed(later, feedback[l], error, (row + l) * outputs, outputs);
      }
      for (let i = 0; i < N; i++) {
        const s = slope(a[row * N + i]);
        const L = signal[i] + alpha[i] * later[i];
        const kept = leakyRate ? L + carried[i] : s * L + carried[i];
        scaled[i] = alpha[i] * (leakyRate ? s * kept : kept);
        carried[i] = (1 - alpha[i]) * kept;
        gradient.b[i] += scaled[i];
      }
      const [before, at] = t === 0 ? [h0, 0] : [h, (row - 1) * N];
      addOuter(gradient.Wrec, scaled, 0, N, before, at, N);
      addOuter(gradient.Win, scaled, 0, N, input, row * inputs, inputs);
    }
    for (let i = 0; i < N; i++) gradient.a0[i] += carried[i];
  }
  return gradient;
}
