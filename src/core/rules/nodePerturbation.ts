import { addOuter } from '../math/linear/products.ts';
import type { TorchRandom } from '../math/random/torchRandom.ts';
import { emptyGradient, type Gradient, type Pass } from './pass.ts';
import { addReadoutGradient } from './readout.ts';
import type { LearningRule } from './rule.ts';

const usual = { deviation: 0.01, draws: 10 };

/**
 * Node (activity) perturbation: trials are run again with random pushes to every unit's drive; pushes that made the
 * outcome better are made more likely.
 *
 *   ξ[t] ~ σ normal                                  pushes to the drive of every unit at every step, ξ[0] to a0
 *   ΔL   = loss of the trial with ξ − loss without   one number per trial, sent to all synapses
 *   gWrec = Σ ΔL / σ² Σt ξ[t] h[t−1]ᵀ                mean over draws, sum over trials
 *   gWin  = Σ ΔL / σ² Σt ξ[t] x[t]ᵀ    gb = Σ ΔL / σ² Σt ξ[t]    ga0 = Σ ΔL / σ² ξ[0]
 *
 * BPTT's gradient in expectation, up to terms of order σ², where φ is smooth; its variance grows with units × steps and
 * falls with draws × trials. The readout, whose error is known, learns by its exact gradient.
 */
export const nodePerturbation: LearningRule = {
  id: 'node-perturbation',
  label: 'Node perturbation',
  summary: 'Trial and error: random pushes to all units, and one number that tells whether they helped. Very noisy.',
  source: 'Fiete & Seung 2006, Phys. Rev. Lett. 97:048104; Werfel et al. 2005, Neural Comput. 17:2699',
  equation: [
    ['ξ[t] ~ σ normal', 'pushes to the drive of every unit at every step, ξ[0] to a0'],
    ['ΔL = loss of the trial with ξ − loss without', 'one number per trial, sent to all synapses'],
    ['gWrec = Σ ΔL / σ² Σt ξ[t] h[t−1]ᵀ', 'mean over draws, sum over trials'],
  ],
  needs: {
    locality: 'local',
    signal: 'one number for all',
    weightTransport: 'none',
    timing: 'online',
    draws: 'every update',
    memory: 'a trace per synapse, N²',
  },
  credit: null,
  gradient: perturbationGradient(usual.deviation, usual.draws),
  settings: {
    deviation: {
      label: 'Size of pushes',
      hint: 'standard deviation σ of what is added to the drive of every unit',
      default: usual.deviation,
      least: 1e-6,
      most: 10,
    },
    draws: {
      label: 'Draws',
      hint: 'how often each trial is run again with new pushes, averaged; time grows with it',
      default: usual.draws,
      whole: true,
      least: 1,
      most: 10_000,
    },
  },
  configure: ({ deviation, draws }) => ({ gradient: perturbationGradient(deviation, draws) }),
};

function perturbationGradient(deviation: number, draws: number): (pass: Pass) => Gradient {
  return (pass) => {
    const { shape, activity, input, random } = pass;
    const { trials, steps, h0, h } = activity;
    const { units: N, inputs } = shape;
    const gradient = emptyGradient(pass);
    addReadoutGradient(pass, gradient);
    const without = pass.losses(null);
    for (let draw = 0; draw < draws; draw++) {
      const start = pushes(random, trials * N, deviation);
      const drive = pushes(random, trials * steps * N, deviation);
      const withPushes = pass.losses({ start, drive });
      for (let trial = 0; trial < trials; trial++) {
        const factor = (withPushes[trial] - without[trial]) / (deviation ** 2 * draws);
        const credit = (pushed: Float64Array, at: number): Float64Array =>
          pushed.subarray(at, at + N).map((xi) => factor * xi);
        credit(start, trial * N).forEach((g, i) => (gradient.a0[i] += g));
        for (let t = 0; t < steps; t++) {
          const row = trial * steps + t;
          const ofDrive = credit(drive, row * N);
          const [before, at] = t === 0 ? [h0, 0] : [h, (row - 1) * N];
          addOuter(gradient.Wrec, ofDrive, 0, N, before, at, N);
          addOuter(gradient.Win, ofDrive, 0, N, input, row * inputs, inputs);
          for (let i = 0; i < N; i++) gradient.b[i] += ofDrive[i];
        }
      }
    }
    return gradient;
  };
}

function pushes(random: TorchRandom, count: number, deviation: number): Float64Array {
  return Float64Array.from(random.randn(count), (v) => deviation * v);
}
