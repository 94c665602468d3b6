/**
 * Context-dependent decision: 72 trials of 113 steps of 15 ms, one per context, motion and colour.
 *
 * 9 inputs: fixation, evidence for left, right, red and green, context (2), order of the colour targets (2); every
 * step's nine values are divided by their norm. Class 0 until the decision, then 2 or 1 by the sign of the evidence
 * that the context asks for.
 * Source: Mante, Sussillo, Shenoy & Newsome 2013, Nature 503:78; laid out as in Liu, Yang & Cueva 2025.
 */
import { tensor } from '../src/core/math/tensor.ts';
import type { Batch } from '../src/core/tasks/task.ts';

const steps = 113;
const stimulus = { start: 23, stop: 73 };
const decision = 93;
const coherences = [-0.5, -0.15, -0.05, 0.05, 0.15, 0.5];

export function contextTrials(): Batch {
  const conditions = ['motion', 'colour'].flatMap((context) =>
    coherences.flatMap((motion) => coherences.map((colour) => ({ context, motion, colour }))),
  );
  const trials = conditions.length;
  const input = new Float32Array(trials * steps * 9);
  const target = new Float32Array(trials * steps);
  conditions.forEach(({ context, motion, colour }, trial) => {
    const relevant = context === 'motion' ? motion : colour;
    for (let t = 0; t < steps; t++) {
      const waits = t < decision ? 1 : 0;
      const sees = t >= stimulus.start && t < stimulus.stop ? 0.5 : 0;
      const values = [
        ...[waits, sees * (1 + motion), sees * (1 - motion), sees * (1 + colour), sees * (1 - colour)],
        ...[context === 'motion' ? waits : 0, context === 'colour' ? waits : 0, 1, 0],
      ];
      const norm = Math.hypot(...values);
      input.set(
        values.map((v) => v / norm),
        (trial * steps + t) * 9,
      );
      target[trial * steps + t] = waits ? 0 : relevant > 0 ? 2 : 1;
    }
  });
  const mask = new Float32Array(trials * steps).fill(1);
  const shape = [trials, steps];
  return {
    trials,
    steps,
    input: tensor([...shape, 9], input),
    target: tensor(shape, target),
    mask: tensor(shape, mask),
  };
}
