import type { LearningRule } from './rule.ts';

/** Steps of a window, as in the published runs. */
const window = 10;

/**
 * Truncated backpropagation through time: errors travel between units within windows of 10 steps only.
 *
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + c[t] α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]     c[t] = 0 where a window ends after t, else 1
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                            gradient for the optimizer
 *
 * Windows are counted from the end of the trial: with T steps, numbered from 0, nothing passes from step t to t − 1
 * where T − t is divisible by 10. Each unit keeps its own leak across windows, as in e-prop.
 */
export const truncatedBptt: LearningRule = {
  id: 'truncated-bptt',
  label: 'Truncated BPTT',
  summary: `The exact gradient cut short: errors travel back through connections for at most ${window} steps.`,
  source: 'Williams & Peng 1990, Neural Comput. 2:490',
  credit: { readout: 'transpose', recurrent: 'transpose', slope: null, window },
};
