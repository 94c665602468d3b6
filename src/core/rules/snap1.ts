import type { LearningRule } from './rule.ts';

/**
 * SnAp-1, sparse n-step approximation of RTRL with n = 1: of each synapse's influence, only that on its own target is
 * kept, which includes what comes back through the target's connection to itself.
 *
 *   J[t]  = (1 − α + α Wrec_ii φ′(a_i[t−1])) J[t−1] + α h_j[t−1]     influence of Wrec_ij on a_i
 *   gWrec = Σt L_i[t] φ′(a_i[t]) J[t]                                L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]
 *
 * e-prop is the same without Wrec_ii; where no unit connects to itself, as under Dale's law here, the two agree. Engines
 * reach the same sums backwards in time, as BPTT with the diagonal of Wrec in its place:
 *
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + α diag(Wrec) δ[t+1]) + (1 − α) δ[t+1]     gWrec = α Σt δ[t] h[t−1]ᵀ
 *
 * The initial state of a unit acts on others at the first step already; its influence on its own unit alone is kept.
 */
export const snap1: LearningRule = {
  id: 'snap-1',
  label: 'SnAp-1',
  summary: 'e-prop that also follows what comes back to a unit through its connection to itself.',
  source: 'Menick et al. 2021, ICLR',
  equation: [
    ['J[t] = (1 − α + α Wrec_ii φ′(a_i[t−1])) J[t−1] + α h_j[t−1]', 'influence of Wrec_ij on a_i'],
    ['gWrec = Σt L_i[t] φ′(a_i[t]) J[t]', 'L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'readout',
    timing: 'online',
    draws: 'none',
    memory: 'a trace per synapse, N²',
  },
  credit: { readout: 'transpose', decay: 0, recurrent: 'diagonal', keeps: 'state', slope: null, window: null },
};
