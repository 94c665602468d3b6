import { daleCellTypes } from '../models/daleWeights.ts';
import type { LearningRule } from './rule.ts';

/** What stands for φ′ between units, as in the published runs. */
const slope = 0.2;

/**
 * ModProp: errors travel between units through weights that depend on their cell types only, as neuromodulators would
 * carry them.
 *
 *   δ[t]  = φ′(a[t]) ∘ L[t] + 0.2 α Brecᵀ δ[t+1] + (1 − α) δ[t+1]     L[t] = Woutᵀ e[t] + ∂activity penalty/∂h[t]
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                         gradient for the optimizer
 *
 * Brec: N × N, each block of two cell types holds the mean of the effective weights over it, after every update anew.
 * One number stands for all slopes, so that what is carried does not depend on the state of the receiving unit. Made for
 * rectified linear units under Dale's law, see daleWeights.ts.
 */
export const modProp: LearningRule = {
  id: 'modprop',
  label: 'ModProp',
  summary: 'Errors spread between cell types rather than single units, as if carried by neuromodulators.',
  source: 'Liu et al. 2022, NeurIPS',
  equation: [
    [
      'δ[t] = φ′(a[t]) ∘ L[t] + 0.2 α Brecᵀ δ[t+1] + (1 − α) δ[t+1]',
      'Brec: means of the effective weights over blocks of cell types',
    ],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'between units',
    weightTransport: 'readout and cell types',
    timing: 'offline',
    draws: 'none',
    memory: 'all rates of the trial, N T',
  },
  credit: { readout: 'transpose', decay: 0, recurrent: 'cell-types', keeps: 'state', slope, window: null },
  obstacle({ units, activation, dale }) {
    if (activation !== 'ReLU' || !dale) return "it needs rectified linear units (ReLU) under Dale's law";
    if (daleCellTypes(units) === null) return `it needs at least 8 inhibitory units, ${units} units have fewer`;
    return null;
  },
};
