import type { LearningRule } from './rule.ts';

/**
 * Feedback alignment: errors enter the units through fixed random weights, not through those of the readout.
 *
 *   L[t]  = Boutᵀ e[t] + ∂activity penalty/∂h[t]                    e = ∂loss/∂y; Bout: outputs × units, never learned
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]     between units as in BPTT
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                       gradient for the optimizer
 *
 * The readout's own gradient needs no feedback and is exact; with it Wout comes to align with Bout, so that errors sent
 * through Bout become useful.
 */
export const feedbackAlignment: LearningRule = {
  id: 'feedback-alignment',
  label: 'Feedback alignment',
  summary:
    'Errors reach units through fixed random weights instead of those of the readout, then travel back as in BPTT.',
  source: 'Lillicrap et al. 2016, Nat. Commun. 7:13276',
  equation: [
    ['L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]', 'e = ∂loss/∂y; Bout: outputs × units, never learned'],
    ['δ[t] = φ′(a[t]) ∘ (L[t] + α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]', 'between units as in BPTT'],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'non-local',
    signal: 'between units',
    weightTransport: 'recurrent',
    timing: 'offline',
    draws: 'once',
    memory: 'all rates of the trial, N T',
  },
  credit: { readout: 'random', decay: 0, recurrent: 'transpose', keeps: 'state', slope: null, window: null },
};
