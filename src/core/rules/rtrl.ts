import { addOuter } from '../math/linear/products.ts';
import { Influence, splitGradient } from './influence.ts';
import { emptyGradient, type Gradient, type Pass } from './pass.ts';
import { addReadoutGradient } from './readout.ts';
import type { LearningRule } from './rule.ts';

/** Beyond it an update of usual size takes hours. */
const mostUnits = 64;

/**
 * RTRL, real-time recurrent learning: the exact gradient, carried forward in time as the influence of every weight on
 * every unit.
 *
 *   P[t] = D[t] P[t−1] + ∂s[t]/∂u[t] ∂u[t]/∂θ      influence of all parameters θ on the states s, see influence.ts
 *   g    = Σt (L[t] ∘ ∂h[t]/∂s[t])ᵀ P[t]           L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]
 *   P[0] = ∂s[0]/∂θ                                1 from each unit's initial state to the unit, else 0
 *
 * Equal to BPTT, but known as the trial goes on; at the price of N³ numbers kept and N⁴ products per step and trial.
 */
export const rtrl: LearningRule = {
  id: 'rtrl',
  label: 'RTRL',
  summary:
    'The exact gradient computed forward in time: each synapse would have to follow its influence on every unit.',
  source: 'Williams & Zipser 1989, Neural Comput. 1:270',
  equation: [
    ['P[t] = D[t] P[t−1] + ∂s[t]/∂u[t] ∂u[t]/∂θ', 'influence of all parameters θ on the states s'],
    ['g = Σt (L[t] ∘ ∂h[t]/∂s[t])ᵀ P[t]', 'L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]'],
    ['P[0] = ∂s[0]/∂θ', "1 from each unit's initial state to the unit, else 0"],
  ],
  needs: {
    locality: 'non-local',
    signal: 'to each unit',
    weightTransport: 'readout',
    timing: 'online',
    draws: 'none',
    memory: 'influence of every synapse on every unit, N³',
  },
  credit: null,
  gradient: influenceGradient,
  obstacle({ units }) {
    if (units <= mostUnits) return null;
    const products = (units ** 4).toExponential(0);
    return `it takes about ${products} products for every step of every trial with ${units} units (the number of units to the power of 4), and is offered up to ${mostUnits} units`;
  },
};

function influenceGradient(pass: Pass): Gradient {
  const { shape, activity } = pass;
  const N = shape.units;
  const influence = new Influence(pass);
  const { sources } = influence;
  const ofWeights = N * sources; // columns of P: V by rows, then a0
  const width = ofWeights + N;
  let P = new Float64Array(N * width);
  let next = new Float64Array(N * width);
  const total = new Float64Array(width);
  for (let trial = 0; trial < activity.trials; trial++) {
    P.fill(0);
    for (let i = 0; i < N; i++) P[i * width + ofWeights + i] = 1;
    for (let t = 0; t < activity.steps; t++) {
      influence.enter(trial, t);
      influence.carry(P, width, next);
      for (let i = 0; i < N; i++) {
        for (let j = 0; j < sources; j++) next[i * width + i * sources + j] += influence.drive[i] * influence.z[j];
      }
      [P, next] = [next, P];
      for (let k = 0; k < N; k++) addOuter(total, influence.error, k, 1, P, k * width, width);
    }
  }
  const gradient = emptyGradient(pass);
  splitGradient(total.subarray(0, ofWeights), shape, gradient);
  gradient.a0.set(total.subarray(ofWeights));
  addReadoutGradient(pass, gradient);
  return gradient;
}
