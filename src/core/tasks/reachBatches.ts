/** Batches of reach trials: random timing for training, one trial per condition for the analysis. */
import type { NumpyRandom } from '../math/random/numpyRandom.ts';
import { emptyBatch, holdEnd, writeTrial } from './reachTrial.ts';
import type { Course, Movement, Timing } from './reachTrial.ts';
import type { Batch } from './task.ts';

type WholeRange = readonly [first: number, last: number];

/** Of training trials, in steps. */
export type DrawnTiming = { readonly steps: number; readonly interval1: WholeRange; readonly interval2: WholeRange };

/** Draws the conditions of all trials, then both intervals trial by trial. With enough trials every condition occurs. */
export function drawTrials(
  random: NumpyRandom,
  trials: number,
  movements: readonly Movement[],
  { steps, interval1, interval2 }: DrawnTiming,
  course: Course,
): Batch {
  const conditions = random.randints(0, movements.length, trials);
  if (trials >= movements.length) movements.forEach((_, c) => (conditions[c] = c));
  const batch = emptyBatch(trials, steps, movements[0]);
  for (let trial = 0; trial < trials; trial++) {
    const timing = {
      interval1: random.randint(interval1[0], interval1[1] + 1),
      interval2: random.randint(interval2[0], interval2[1] + 1),
    };
    writeTrial(batch, trial, timing, movements[conditions[trial]], course);
  }
  return batch;
}

/** In the order of the conditions, all with the same timing. */
export function oneTrialEach(movements: readonly Movement[], steps: number, timing: Timing, course: Course): Batch {
  const batch = emptyBatch(movements.length, steps, movements[0]);
  movements.forEach((movement, condition) => writeTrial(batch, condition, timing, movement, course));
  return batch;
}

/** Calls `refuse` where hold cue or output do not fit a trial of so many steps. */
export function requireFit(
  steps: number,
  outputOffset: number,
  timing: Timing,
  refuse: (expected: string, found: string) => never,
): void {
  const end = holdEnd(timing);
  const output = end + outputOffset;
  const when = `for interval1 ${timing.interval1} and interval2 ${timing.interval2}`;
  if (end > steps) refuse(`the hold cue to end within ${steps} steps`, `${end} ${when}`);
  if (output < 0 || output >= steps) refuse(`the output to start within ${steps} steps`, `step ${output} ${when}`);
}
