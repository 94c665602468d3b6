import type { LearningRule } from './rule.ts';

/**
 * e-prop: a trace at each synapse times a signal at each unit, both at hand while the trial runs.
 *
 *   ε[t]  = (1 − α) ε[t−1] + α h[t−1]                     eligibility trace, per presynaptic unit where α is shared
 *   L[t]  = Woutᵀ e[t] + ∂activity penalty/∂h[t]          learning signal, e = ∂loss/∂y
 *   gWrec = Σt (L[t] ∘ φ′(a[t])) ε[t]ᵀ                    gradient for the optimizer
 *
 * Unlike BPTT, no error passes between units; each unit keeps its own leak. Engines reach the same sums backwards in
 * time, as BPTT without its Wrecᵀ: δ[t] = φ′(a[t]) ∘ L[t] + (1 − α) δ[t+1], gWrec = α Σt δ[t] h[t−1]ᵀ.
 */
export const eprop: LearningRule = {
  id: 'e-prop',
  label: 'e-prop',
  summary:
    'Local learning: each synapse keeps a trace of its activity; errors reach units directly, never through other units.',
  source: 'Bellec et al. 2020, Nat. Commun. 11:3625',
  equation: [
    ['ε[t] = (1 − α) ε[t−1] + α h[t−1]', 'eligibility trace, per presynaptic unit where α is shared'],
    ['L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]', 'learning signal, e = ∂loss/∂y'],
    ['gWrec = Σt (L[t] ∘ φ′(a[t])) ε[t]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'readout',
    timing: 'online',
    draws: 'none',
    memory: 'a trace per presynaptic unit, N',
  },
  credit: { readout: 'transpose', decay: 0, recurrent: 'none', keeps: 'state', slope: null, window: null },
};
