import type { Credit, LearningRule } from './rule.ts';

const credit = (decay: number): Credit => ({
  readout: 'adaptive',
  decay,
  recurrent: 'none',
  keeps: 'state',
  slope: null,
  window: null,
});

const usual = 1e-3;

/**
 * e-prop with adaptive broadcast: the feedback weights start at random and learn as the readout does, so that they align.
 *
 *   L[t]  = Boutᵀ e[t] + ∂activity penalty/∂h[t]          learning signal; traces and gradient as in e-prop
 *   Wout ← (1 − λ) (Wout + ΔWout)                         ΔWout: the optimizer's step
 *   Bout ← (1 − λ) (Bout + ΔWout)                         the same step: pre- and postsynaptic factors are the same
 *
 * After every update Wout − Bout is smaller by the factor 1 − λ, whatever happens in the network, so the rule becomes
 * e-prop. No weight is copied. Where Wout is frozen nothing changes, Bout neither.
 *
 * Sources: Kolen & Pollack 1994, IEEE ICNN; Bellec et al. 2020 take it over as "adaptive e-prop".
 */
export const epropAdaptive: LearningRule = {
  id: 'e-prop-adaptive',
  label: 'e-prop (adaptive broadcast)',
  summary:
    'e-prop whose errors come through weights that start at random and learn with the readout, until they match it.',
  source: 'Bellec et al. 2020, Nat. Commun. 11:3625, "adaptive e-prop"; Kolen & Pollack 1994, IEEE ICNN',
  equation: [
    ['L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t]', 'learning signal; traces and gradient as in e-prop'],
    ['Wout ← (1 − λ) (Wout + ΔWout)', "ΔWout: the optimizer's step"],
    ['Bout ← (1 − λ) (Bout + ΔWout)', 'the same step: pre- and postsynaptic factors are the same'],
  ],
  needs: {
    locality: 'local',
    signal: 'to each unit',
    weightTransport: 'none',
    timing: 'online',
    draws: 'once',
    memory: 'a trace per presynaptic unit, N',
  },
  credit: credit(usual),
  settings: {
    decay: {
      label: 'Decay',
      hint: 'share that readout and feedback weights lose at every update, and with it their difference',
      default: usual,
      least: 0,
      most: 0.5,
    },
  },
  configure: ({ decay }) => ({ credit: credit(decay) }),
};
