import type { LearningRule } from './rule.ts';

/**
 * RFLO, random feedback local online learning: a trace at each synapse times an error sent through fixed random weights.
 *
 *   p[t]  = (1 − α) p[t−1] + α φ′(a[t]) h[t−1]ᵀ           eligibility trace of each synapse, slope of its target at its time
 *   L[t]  = Boutᵀ e[t] + ∂activity penalty/∂h[t]          Bout: outputs × units, drawn once, never learned
 *   gWrec = Σt L[t] p[t]                                  gradient for the optimizer
 *
 * The slope is that of the time when the presynaptic rate arrived, as published, for networks whose rates leak: there the
 * rule is e-prop with random broadcast. Where the preactivation leaks, e-prop takes the slope at the time of the error,
 * RFLO still the earlier one, and the two differ.
 *
 * Published for input and recurrent weights; biases learn as weights from a unit that is always at 1. The initial state
 * is taken for the rate before the first step, whose trace only leaks: ga0 = φ′(a0) Σt (1 − α)ᵗ L[t].
 */
export const rflo: LearningRule = {
  id: 'rflo',
  label: 'RFLO',
  summary: 'Local and online: traces at synapses, and errors that reach units through fixed random weights.',
  source: 'Murray 2019, eLife 8:e43299',
  equation: [
    [
      'p[t] = (1 − α) p[t−1] + α φ′(a[t]) h[t−1]ᵀ',
      'eligibility trace of each synapse, slope of its target at its time',
    ],
    ['L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]', 'Bout: outputs × units, drawn once, never learned'],
    ['gWrec = Σt L[t] p[t]', 'gradient for the optimizer'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'none',
    timing: 'online',
    draws: 'once',
    memory: 'a trace per synapse, N²',
  },
  credit: { readout: 'random', decay: 0, recurrent: 'none', keeps: 'rate', slope: null, window: null },
};
