/** What can be set of the reach with muscles. docs/science.md says which defaults are published and which are ours. */
import type { TaskSettings } from './settings.ts';

const steps = { whole: true, unit: 'steps', most: 100_000 } as const;

export const muscleReachSettings = {
  conditionInputs: {
    kind: 'choice',
    label: 'Condition inputs',
    hint: 'assumed: what the published pipeline puts in is not known; the recorded plan is a part of the data',
    options: [
      { id: 'plan', label: 'Recorded plan' },
      { id: 'one-hot', label: 'One per condition' },
    ],
    default: 'plan',
  },
  components: {
    kind: 'number',
    label: 'Principal components',
    hint: 'of the recorded plan, one input each',
    where: { name: 'conditionInputs', is: 'plan' },
    whole: true,
    least: 1,
    most: 1000,
    default: 15,
  },
  planMs: {
    kind: 'range',
    label: 'Plan taken from',
    hint: 'mean activity of the neurons in this time; by default it ends where the muscles begin',
    where: { name: 'conditionInputs', is: 'plan' },
    unit: 'ms',
    least: -60_000,
    most: 60_000,
    default: [-350, -250],
  },
  cue: {
    kind: 'choice',
    label: 'Condition inputs last',
    hint: '23 steps: as in the centre-out reach',
    options: [
      { id: 'sustained', label: 'Until the hold cue ends' },
      { id: 'pulse', label: '23 steps' },
    ],
    default: 'sustained',
  },
  scale: {
    kind: 'choice',
    label: 'Largest output',
    options: [
      { id: 'each', label: '1 in each signal' },
      { id: 'all', label: '1 over all signals' },
      { id: 'none', label: 'As recorded' },
    ],
    default: 'each',
  },
  rest: {
    kind: 'choice',
    label: 'Wanted before the output',
    hint: '0: as in the centre-out reach; else the first recorded step, averaged over conditions',
    options: [
      { id: 'zero', label: '0' },
      { id: 'first', label: 'As recorded at first' },
    ],
    default: 'zero',
  },
  outputOffset: {
    ...steps,
    kind: 'number',
    label: 'Output after the hold',
    hint: 'start, from the end of the hold cue; negative: before it',
    least: -100_000,
    default: -6,
  },
  steps: { ...steps, kind: 'number', label: 'Training trial', least: 1, default: 300 },
  interval1: { ...steps, kind: 'range', label: 'Wait before the inputs', least: 0, default: [0, 74] },
  interval2: {
    ...steps,
    kind: 'range',
    label: 'Wait to the go',
    hint: 'the end of the hold cue, counted from 23 steps after the condition inputs begin',
    least: 0,
    default: [0, 138],
  },
  testInterval1: { ...steps, kind: 'number', label: 'First wait, compared', least: 0, default: 37 },
  testInterval2: { ...steps, kind: 'number', label: 'Second wait, compared', least: 0, default: 69 },
} as const satisfies TaskSettings;
