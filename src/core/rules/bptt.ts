import type { LearningRule } from './rule.ts';

/**
 * Backpropagation through time: the exact gradient of the loss.
 *
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]     error of each unit, from the last step back
 *   L[t]  = Woutᵀ e[t] + ∂activity penalty/∂h[t]                    e = ∂loss/∂y
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                       gradient for the optimizer
 *
 * Every unit hears the errors of all units it projects to, through the very weights it projects with.
 */
export const bptt: LearningRule = {
  id: 'bptt',
  label: 'BPTT',
  summary: 'The exact gradient: errors travel back in time through all connections, which no known circuit could do.',
  source: 'Werbos 1990, Proc. IEEE 78:1550',
  equation: [
    ['δ[t] = φ′(a[t]) ∘ (L[t] + α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]', 'error of each unit, from the last step back'],
    ['L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]', 'e = ∂loss/∂y'],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'non-local',
    signal: 'between units',
    weightTransport: 'readout and recurrent',
    timing: 'offline',
    draws: 'none',
    memory: 'all rates of the trial, N T',
  },
  credit: { readout: 'transpose', decay: 0, recurrent: 'transpose', keeps: 'state', slope: null, window: null },
};
