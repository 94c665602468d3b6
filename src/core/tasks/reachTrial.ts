/**
 * The course of a reach trial. Steps count from 0; ▁▃▅ stands for the rising edge.
 *
 *   condition cue   0 … 0 ▁▃▅ 1111111 ▅▃▁ 0 0 0 0 0 0 …      × what tells the condition, 23 steps
 *       sustained   0 … 0 ▁▃▅ 1 1 1 1 1 1 1 1 ▅▃▁ 0 0 …      ends with the hold cue
 *   hold cue        1 1 1 1 1 1 1 1 1 1 1 1 1 1 ▅▃▁ 0 0 …    1 from the first step, ends with a falling edge
 *   output          r r r r r r r r r r r r r … movement     starts `outputOffset` steps after the hold cue's end
 *                   |interval1|   cue   | interval2 |
 *
 * r: what is wanted at rest. After the movement nothing counts but outputs that stay on to the end of the trial.
 */
import { zeros } from '../math/tensor.ts';
import type { Batch } from './task.ts';

const rise = [0.05, 0.1, 0.2, 0.35, 0.65, 0.8, 0.9, 0.95];
const fall = rise.toReversed();
const pulse = [...rise, ...Array<number>(7).fill(1), ...fall];

export type Timing = { readonly interval1: number; readonly interval2: number };

/** What is the same in all trials of a task. */
export type Course = {
  /** start of the output after the end of the hold cue; negative: before it */
  readonly outputOffset: number;
  readonly cue: 'pulse' | 'sustained';
};

/** What sets one condition apart. M steps of movement. */
export type Movement = {
  /** what tells the condition: inputs but the last, which is the hold cue */
  readonly cue: readonly number[];
  /** outputs: target before the movement */
  readonly rest: Float32Array;
  /** M × outputs: target from the start of the output on */
  readonly target: Float32Array;
  /** outputs: target and mask after the movement; the mask is 1 for outputs that stay on */
  readonly after: { readonly target: Float32Array; readonly mask: Float32Array };
};

/** First step after the hold cue. */
export function holdEnd({ interval1, interval2 }: Timing): number {
  return interval1 + pulse.length + interval2;
}

/** movement: any of the task's */
export function emptyBatch(trials: number, steps: number, { cue, rest }: Movement): Batch {
  return {
    trials,
    steps,
    input: zeros([trials, steps, cue.length + 1], 'float32'),
    target: zeros([trials, steps, rest.length], 'float32'),
    mask: zeros([trials, steps, rest.length], 'float32'),
  };
}

/** Writes one trial into an empty batch. The timing must fit the steps. */
export function writeTrial(batch: Batch, trial: number, timing: Timing, movement: Movement, course: Course): void {
  writeInput(batch, trial, timing, movement.cue, course);
  writeTarget(batch, trial, holdEnd(timing) + course.outputOffset, movement);
}

function writeInput(
  { input, steps }: Batch,
  trial: number,
  timing: Timing,
  cue: Movement['cue'],
  course: Course,
): void {
  const { data } = input;
  const inputs = cue.length + 1;
  const start = trial * steps * inputs;
  const end = holdEnd(timing);
  const shape = course.cue === 'pulse' ? pulse : sustained(end - timing.interval1);
  for (let k = 0; k < shape.length; k++) {
    const at = start + (timing.interval1 + k) * inputs;
    for (let i = 0; i < cue.length; i++) data[at + i] = cue[i] * shape[k];
  }
  const fallStart = end - fall.length;
  for (let t = 0; t < fallStart; t++) data[start + t * inputs + cue.length] = 1;
  for (let k = 0; k < fall.length; k++) data[start + (fallStart + k) * inputs + cue.length] = fall[k];
}

function sustained(steps: number): number[] {
  return [...rise, ...Array<number>(steps - rise.length - fall.length).fill(1), ...fall];
}

function writeTarget({ target, mask, steps }: Batch, trial: number, outputStart: number, movement: Movement): void {
  const outputs = movement.rest.length;
  const start = trial * steps * outputs;
  const from = start + outputStart * outputs;
  const end = start + steps * outputs;
  const moving = movement.target.subarray(0, end - from);
  if (movement.rest.some((r) => r !== 0))
    for (let at = start; at < from; at += outputs) target.data.set(movement.rest, at);
  target.data.set(moving, from);
  mask.data.fill(1, start, from + moving.length);
  if (movement.after.mask.every((m) => m === 0)) return; // nothing counts any more, as with kinematic outputs
  for (let at = from + moving.length; at < end; at += outputs) {
    target.data.set(movement.after.target, at);
    mask.data.set(movement.after.mask, at);
  }
}
