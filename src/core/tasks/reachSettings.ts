/** What can be set of the centre-out reach; defaults are the published ones. See reachTrial.ts for the course of a trial. */
import { defaultsOf, readSettings, refuseSetting } from './settings.ts';
import type { SettingValues, TaskSettings } from './settings.ts';

const steps = { whole: true, unit: 'steps' } as const;

export const reachSettings = {
  /** in this order whatever the order in a plan */
  outputs: {
    kind: 'several',
    label: 'Outputs',
    options: [
      { id: 'onehot', label: 'Condition, one-hot' },
      { id: 'position', label: 'Hand position', kinematics: true },
      { id: 'velocity', label: 'Hand velocity', kinematics: true },
      { id: 'angles', label: 'Joint angles', kinematics: true },
    ],
    default: ['angles'],
  },
  steps: { ...steps, kind: 'number', label: 'Training trial', least: 1, default: 300 },
  interval1: { ...steps, kind: 'range', label: 'Wait before the cue', least: 0, default: [0, 49] },
  interval2: {
    ...steps,
    kind: 'range',
    label: 'Wait between the cues',
    hint: 'from the end of the condition cue, which lasts 23 steps, to the end of the hold cue',
    least: 0,
    default: [0, 149],
  },
  outputOffset: {
    ...steps,
    kind: 'number',
    label: 'Output after the hold',
    hint: 'start, from the end of the hold cue; negative: before it',
    default: -10,
  },
  analysis: {
    kind: 'group',
    label: 'Trials on which networks are compared with the recording',
    settings: {
      steps: { ...steps, kind: 'number', label: 'Trial, compared', least: 1, default: 250 },
      interval1: { ...steps, kind: 'number', label: 'First wait, compared', least: 0, default: 25 },
      interval2: { ...steps, kind: 'number', label: 'Second wait, compared', least: 0, default: 105 },
      start: {
        ...steps,
        kind: 'optional',
        label: 'Compared from',
        hint: 'step of the trial on which the recording begins',
        empty: 'as the conventions say',
        least: 0,
        default: null,
      },
    },
  },
} as const satisfies TaskSettings;

export type ReachSettings = SettingValues<typeof reachSettings>;
export type ReachOutput = ReachSettings['outputs'][number];
export const reachOutputs: readonly ReachOutput[] = reachSettings.outputs.options.map(({ id }) => id);
export const reachDefaults = defaultsOf(reachSettings);

export const reachLabel = 'Centre-out reach (Hatsopoulos 2007)';

/** Fills in the defaults and refuses what cannot be a setting. */
export function readReachSettings(given: unknown): ReachSettings {
  return readSettings(reachLabel, reachSettings, given);
}

export function refuse(expected: string, found: string): never {
  return refuseSetting(reachLabel, expected, found);
}
