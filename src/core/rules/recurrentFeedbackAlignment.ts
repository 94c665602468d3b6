import type { LearningRule } from './rule.ts';

/**
 * Feedback alignment through the recurrence too: errors enter the units, and travel between them back in time, through
 * fixed random weights.
 *
 *   L[t]  = Boutᵀ e[t] + ∂activity penalty/∂h[t]                    e = ∂loss/∂y
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + α Brecᵀ δ[t+1]) + (1 − α) δ[t+1]     as BPTT, Brec in place of Wrec
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                       gradient for the optimizer
 *
 * Bout (outputs × N) and Brec (N × N) are drawn once, in size as Wout and Wrec, and never learned.
 */
export const recurrentFeedbackAlignment: LearningRule = {
  id: 'recurrent-feedback-alignment',
  label: 'Feedback alignment (recurrent)',
  summary: 'BPTT with fixed random weights on the whole way back: no forward weight is needed there.',
  source: 'Lillicrap et al. 2016, Nat. Commun. 7:13276, carried over to the recurrent weights',
  equation: [
    ['L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]', 'e = ∂loss/∂y'],
    ['δ[t] = φ′(a[t]) ∘ (L[t] + α Brecᵀ δ[t+1]) + (1 − α) δ[t+1]', 'as BPTT, Brec in place of Wrec'],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'non-local',
    signal: 'between units',
    weightTransport: 'none',
    timing: 'offline',
    draws: 'once',
    memory: 'all rates of the trial, N T',
  },
  credit: { readout: 'random', decay: 0, recurrent: 'random', keeps: 'state', slope: null, window: null },
};
