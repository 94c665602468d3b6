import type { LearningRule } from './rule.ts';

/**
 * Three-factor rule without a trace: what is active now times the error that is there now.
 *
 *   L[t]  = Woutᵀ e[t] + ∂activity penalty/∂h[t]          third factor, e = ∂loss/∂y
 *   gWrec = α Σt (L[t] ∘ φ′(a[t])) h[t−1]ᵀ                gradient for the optimizer
 *
 * e-prop whose trace keeps the last step alone. What a unit keeps from step to step by its leak counts for nothing, so
 * the initial state, which acts through it, does not learn: its gradient is 0.
 */
export const threeFactor: LearningRule = {
  id: 'three-factor',
  label: 'Three factors (no trace)',
  summary: 'e-prop of the current step only: present activity times present error, with no memory of the past.',
  source: 'Frémaux & Gerstner 2016, Front. Neural Circuits 9:85; the trace of Bellec et al. 2020 left out',
  equation: [
    ['L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]', 'third factor, e = ∂loss/∂y'],
    ['gWrec = α Σt (L[t] ∘ φ′(a[t])) h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'readout',
    timing: 'online',
    draws: 'none',
    memory: 'none',
  },
  credit: { readout: 'transpose', decay: 0, recurrent: 'none', keeps: 'nothing', slope: null, window: null },
};
