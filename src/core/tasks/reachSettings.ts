import { LabError } from '../errors.ts';

/** Whole steps from the first to the last, both included; trials draw any of them with equal chance. */
export type StepRange = readonly [first: number, last: number];

export const reachOutputs = ['onehot', 'position', 'velocity', 'angles'] as const;
export type ReachOutput = (typeof reachOutputs)[number];

/** Times in steps of the dataset, see reachTrial.ts for the course of a trial. */
export type ReachSettings = {
  /** of a training trial */
  readonly steps: number;
  /** wait before the condition cue */
  readonly interval1: StepRange;
  /** wait between the end of the condition cue and the end of the hold cue */
  readonly interval2: StepRange;
  /** start of the output after the end of the hold cue; negative: before it */
  readonly outputOffset: number;
  /** what the network has to put out, in the order of `reachOutputs` whatever the order here */
  readonly outputs: readonly ReachOutput[];
  /**
   * the trials on which networks are compared with the recording, which falls on the steps from `start` on; null: where
   * the conventions say, see [Note: Analysis window]
   */
  readonly analysis: {
    readonly steps: number;
    readonly interval1: number;
    readonly interval2: number;
    readonly start: number | null;
  };
};

/** The published settings. */
export const reachDefaults: ReachSettings = {
  steps: 300,
  interval1: [0, 49],
  interval2: [0, 149],
  outputOffset: -10,
  outputs: ['angles'],
  analysis: { steps: 250, interval1: 25, interval2: 105, start: null },
};

/** Fills in the defaults and refuses what cannot be a setting. */
export function reachSettings(given: unknown): ReachSettings {
  for (const name of Object.keys(given as object)) {
    if (!(name in reachDefaults)) refuse(`one of ${Object.keys(reachDefaults).join(', ')}`, `"${name}"`);
  }
  const settings: ReachSettings = { ...reachDefaults, ...(given as Partial<ReachSettings>) };
  const { steps, interval1, interval2, outputOffset, outputs, analysis } = settings;
  requireWhole('steps', steps, 1);
  requireRange('interval1', interval1);
  requireRange('interval2', interval2);
  requireWhole('outputOffset', outputOffset, -Infinity);
  if (!Array.isArray(outputs) || outputs.length === 0 || !outputs.every((o: ReachOutput) => reachOutputs.includes(o))) {
    refuse(`outputs to be some of ${reachOutputs.join(', ')}`, JSON.stringify(outputs));
  }
  for (const name of Object.keys(reachDefaults.analysis) as (keyof ReachSettings['analysis'])[]) {
    if (name === 'start' && (analysis?.start ?? null) === null) continue;
    requireWhole(`analysis.${name}`, analysis?.[name], name === 'steps' ? 1 : 0);
  }
  return settings;
}

export function refuse(expected: string, found: string): never {
  throw new LabError('task.settings', `Setting up the reach task: expected ${expected}, found ${found}.`);
}

function requireWhole(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  refuse(`${name} to be a whole number of steps${least > -Infinity ? `, at least ${least}` : ''}`, String(value));
}

function requireRange(name: string, range: unknown): void {
  if (Array.isArray(range) && range.length === 2 && range.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    if (range[0] <= range[1]) return;
  }
  refuse(`${name} to be [first, last] in whole steps, first no later than last`, JSON.stringify(range));
}
