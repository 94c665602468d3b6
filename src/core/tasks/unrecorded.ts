/** A task without a recording: its own conditions and times, with nothing recorded. */
import type { Condition, Dataset } from '../data/dataset.ts';

export type Protocol = {
  /** the task's label */
  readonly task: string;
  readonly conditions: readonly Condition[];
  /** steps of the analysis trial, and their length */
  readonly steps: number;
  readonly dtMs: number;
  /** step that is time 0, and what happens there */
  readonly zeroStep: number;
  readonly alignment: string;
};

/** A dataset of 0 neurons on which the task can be posed. */
export function unrecorded({ task, conditions, steps, dtMs, zeroStep, alignment }: Protocol): Dataset {
  return {
    name: `No recording: ${task}`,
    simulated: false,
    activity: { shape: [0, steps, conditions.length], data: new Float32Array() },
    timeMs: Float64Array.from({ length: steps }, (_, t) => (t - zeroStep) * dtMs),
    alignment,
    conditions: [...conditions],
    kinematics: {},
    facts: {},
    source: { path: '', sha256: '', bytes: 0, format: 'none', layout: 'none' },
  };
}
