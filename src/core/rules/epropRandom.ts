import type { LearningRule } from './rule.ts';

/**
 * e-prop with random broadcast: the learning signal comes through fixed random weights, not through those of the readout.
 *
 *   ε[t]  = (1 − α) ε[t−1] + α h[t−1]                     eligibility trace, as in e-prop
 *   L[t]  = Boutᵀ e[t] + ∂activity penalty/∂h[t]          Bout: outputs × units, drawn once, never learned
 *   gWrec = Σt (L[t] ∘ φ′(a[t])) ε[t]ᵀ                    gradient for the optimizer
 *
 * The readout learns by its own error; the initial state through each unit's leak alone, as in e-prop.
 */
export const epropRandom: LearningRule = {
  id: 'e-prop-random',
  label: 'e-prop (random broadcast)',
  summary:
    'e-prop whose errors reach units through fixed random weights: nothing has to know the weights of the readout.',
  source: 'Bellec et al. 2020, Nat. Commun. 11:3625, "random e-prop"',
  equation: [
    ['ε[t] = (1 − α) ε[t−1] + α h[t−1]', 'eligibility trace, as in e-prop'],
    ['L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]', 'Bout: outputs × units, drawn once, never learned'],
    ['gWrec = Σt (L[t] ∘ φ′(a[t])) ε[t]ᵀ', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'none',
    timing: 'online',
    draws: 'once',
    memory: 'a trace per presynaptic unit, N',
  },
  credit: { readout: 'random', decay: 0, recurrent: 'none', keeps: 'state', slope: null, window: null },
};
