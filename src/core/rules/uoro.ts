import { signs } from '../math/random/ruleDraws.ts';
import { dot } from '../math/linear/products.ts';
import { Influence, norm, splitGradient } from './influence.ts';
import { emptyGradient, type Gradient, type Pass } from './pass.ts';
import { addReadoutGradient } from './readout.ts';
import type { LearningRule } from './rule.ts';

/** Keeps the scales finite where a vector is 0. */
const tiny = 1e-12;

/**
 * UORO, unbiased online recurrent optimization: RTRL with its influences replaced by a product of two vectors that is
 * right on average over random signs.
 *
 *   ã[t] = ρ₀ D[t] ã[t−1] + ρ₁ ν                   N; ν: a random sign per unit, drawn anew in every step
 *   θ̃[t] = θ̃[t−1] / ρ₀ + νᵀ ∂s[t]/∂θ / ρ₁          one number per parameter; ∂s[t]/∂θ: of this step alone
 *   g    = Σt ((L[t] ∘ ∂h[t]/∂s[t])ᵀ ã[t]) θ̃[t]    L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]
 *   ρ₀   = √(|θ̃| / |D ã|), ρ₁ = √(|νᵀ ∂s/∂θ| / |ν|)    which keep the variance low
 *   ã[0] = ν, θ̃[0] = ν at the initial state        D[t], s: see influence.ts
 *
 * ⟨ã θ̃ᵀ⟩ = P of RTRL, so the gradient is BPTT's in expectation, initial state included. Every trial draws for itself.
 */
export const uoro: LearningRule = {
  id: 'uoro',
  label: 'UORO',
  summary: 'The exact gradient on average: influences carried forward in time by two random vectors. Noisy.',
  source: 'Tallec & Ollivier 2018, ICLR',
  equation: [
    ['ã[t] = ρ₀ D[t] ã[t−1] + ρ₁ ν', 'N; ν: a random sign per unit, drawn anew in every step'],
    ['θ̃[t] = θ̃[t−1] / ρ₀ + νᵀ ∂s[t]/∂θ / ρ₁', 'one number per parameter; ∂s[t]/∂θ: of this step alone'],
    ['g = Σt ((L[t] ∘ ∂h[t]/∂s[t])ᵀ ã[t]) θ̃[t]', 'L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]'],
    ['ρ₀ = √(|θ̃| / |D ã|), ρ₁ = √(|νᵀ ∂s/∂θ| / |ν|)', 'which keep the variance low'],
  ],
  needs: {
    locality: 'non-local',
    signal: 'one number for all',
    weightTransport: 'none',
    timing: 'online',
    draws: 'every update',
    memory: 'a number per synapse and one per unit, N²',
  },
  credit: null,
  gradient: rankOneGradient,
};

function rankOneGradient(pass: Pass): Gradient {
  const { shape, activity, random } = pass;
  const N = shape.units;
  const influence = new Influence(pass);
  const { sources, z, drive } = influence;
  const gradient = emptyGradient(pass);
  const total = new Float64Array(N * sources);
  const carried = new Float64Array(N);
  const now = new Float64Array(N); // νᵀ ∂s[t]/∂u[t]; times z, the step's part of θ̃
  const theta = new Float64Array(N * sources);
  for (let trial = 0; trial < activity.trials; trial++) {
    const state = signs(random, N);
    const start = state.slice(); // θ̃ of a0
    theta.fill(0);
    for (let t = 0; t < activity.steps; t++) {
      influence.enter(trial, t);
      influence.carry(state, 1, carried);
      const nu = signs(random, N);
      for (let i = 0; i < N; i++) now[i] = nu[i] * drive[i];
      const rho0 = Math.sqrt((Math.hypot(norm(theta), norm(start)) + tiny) / (norm(carried) + tiny));
      const rho1 = Math.sqrt((norm(now) * norm(z) + tiny) / Math.sqrt(N));
      for (let i = 0; i < N; i++) {
        state[i] = rho0 * carried[i] + rho1 * nu[i];
        start[i] /= rho0;
        for (let j = 0; j < sources; j++) {
          const k = i * sources + j;
          theta[k] = theta[k] / rho0 + (now[i] * z[j]) / rho1;
        }
      }
      const signal = dot(influence.error, 0, state, 0, N);
      for (let k = 0; k < theta.length; k++) total[k] += signal * theta[k];
      for (let i = 0; i < N; i++) gradient.a0[i] += signal * start[i];
    }
  }
  splitGradient(total, shape, gradient);
  addReadoutGradient(pass, gradient);
  return gradient;
}
