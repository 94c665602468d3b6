/**
 * The course of a reach trial. Steps count from 0; ▁▃▅ stands for the rising edge.
 *
 *   condition cue   0 … 0 ▁▃▅ 1111111 ▅▃▁ 0 0 0 0 0 0 …      × sine and cosine of the direction, 23 steps
 *   hold cue        1 1 1 1 1 1 1 1 1 1 1 1 1 1 ▅▃▁ 0 0 …    1 from the first step, ends with a falling edge
 *   output          0 0 0 0 0 0 0 0 0 0 0 0 0 … movement     starts `outputOffset` steps after the hold cue's end
 *                   |interval1|   cue   | interval2 |
 *
 * After the movement nothing counts but the one-hot output, which stays on to the end of the trial.
 */
import { zeros } from '../math/tensor.ts';
import type { Batch } from './task.ts';

const rise = [0.05, 0.1, 0.2, 0.35, 0.65, 0.8, 0.9, 0.95];
const fall = rise.toReversed();
const bump = [...rise, ...Array<number>(7).fill(1), ...fall];

export type Timing = { readonly interval1: number; readonly interval2: number };

/** What sets one condition apart. M steps of movement. */
export type Movement = {
  readonly sine: number;
  readonly cosine: number;
  /** M × outputs: target from the start of the output on */
  readonly target: Float32Array;
  /** outputs: target and mask after the movement, 1 for the condition's own one-hot output / for all one-hot outputs */
  readonly after: { readonly target: Float32Array; readonly mask: Float32Array };
};

export const inputLabels = ['sine of direction', 'cosine of direction', 'hold'] as const;

/** First step after the hold cue. */
export function holdEnd({ interval1, interval2 }: Timing): number {
  return interval1 + bump.length + interval2;
}

export function emptyBatch(trials: number, steps: number, outputs: number): Batch {
  return {
    trials,
    steps,
    input: zeros([trials, steps, inputLabels.length], 'float32'),
    target: zeros([trials, steps, outputs], 'float32'),
    mask: zeros([trials, steps, outputs], 'float32'),
  };
}

/** Writes one trial into an empty batch. The timing must fit the steps. */
export function writeTrial(
  batch: Batch,
  trial: number,
  timing: Timing,
  movement: Movement,
  outputOffset: number,
): void {
  writeInput(batch, trial, timing, movement);
  writeTarget(batch, trial, holdEnd(timing) + outputOffset, movement);
}

function writeInput({ input, steps }: Batch, trial: number, timing: Timing, { sine, cosine }: Movement): void {
  const { data } = input;
  const inputs = inputLabels.length;
  const start = trial * steps * inputs;
  for (let k = 0; k < bump.length; k++) {
    const at = start + (timing.interval1 + k) * inputs;
    data[at] = sine * bump[k];
    data[at + 1] = cosine * bump[k];
  }
  const fallStart = holdEnd(timing) - fall.length;
  for (let t = 0; t < fallStart; t++) data[start + t * inputs + 2] = 1;
  for (let k = 0; k < fall.length; k++) data[start + (fallStart + k) * inputs + 2] = fall[k];
}

function writeTarget({ target, mask, steps }: Batch, trial: number, outputStart: number, movement: Movement): void {
  const outputs = movement.after.target.length;
  const start = trial * steps * outputs;
  const from = start + outputStart * outputs;
  const end = start + steps * outputs;
  const moving = movement.target.subarray(0, end - from);
  target.data.set(moving, from);
  mask.data.fill(1, start, from + moving.length);
  if (movement.after.mask.every((m) => m === 0)) return; // nothing counts any more, as with kinematic outputs
  for (let at = from + moving.length; at < end; at += outputs) {
    target.data.set(movement.after.target, at);
    mask.data.set(movement.after.mask, at);
  }
}
