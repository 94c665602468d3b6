import type { Credit, LearningRule } from './rule.ts';

const credit = (window: number): Credit => ({
  readout: 'transpose',
  decay: 0,
  recurrent: 'transpose',
  keeps: 'state',
  slope: null,
  window,
});

/** Steps of a window in the published runs. */
const published = 10;

/**
 * Truncated backpropagation through time: errors travel between units within windows of so many steps only.
 *
 *   δ[t]  = φ′(a[t]) ∘ (L[t] + c[t] α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]     c[t] = 0 where a window ends after t, else 1
 *   gWrec = α Σt δ[t] h[t−1]ᵀ                                            gradient for the optimizer
 *
 * Windows are counted from the end of the trial: with T steps, numbered from 0, nothing passes from step t to t − 1
 * where T − t is divisible by the window. Each unit keeps its own leak across windows, as in e-prop.
 */
export const truncatedBptt: LearningRule = {
  id: 'truncated-bptt',
  label: 'Truncated BPTT',
  summary: 'The exact gradient cut short: errors travel back through connections for a few steps only.',
  source: 'Williams & Peng 1990, Neural Comput. 2:490',
  equation: [
    ['δ[t] = φ′(a[t]) ∘ (L[t] + c[t] α Wrecᵀ δ[t+1]) + (1 − α) δ[t+1]', 'c[t] = 0 where a window ends after t, else 1'],
    ['gWrec = α Σt δ[t] h[t−1]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'non-local',
    signal: 'between units',
    weightTransport: 'readout and recurrent',
    timing: 'offline',
    draws: 'none',
    memory: 'rates of a window, N × window',
  },
  credit: credit(published),
  settings: {
    window: {
      label: 'Window',
      hint: 'steps that errors travel back through connections, counted from the end of the trial',
      unit: 'steps',
      default: published,
      whole: true,
      least: 1,
      most: 100_000,
    },
  },
  configure: ({ window }) => ({ credit: credit(window) }),
};
