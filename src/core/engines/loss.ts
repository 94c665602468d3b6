import type { Tensor } from '../math/tensor.ts';
import type { LossId } from '../tasks/task.ts';
import type { Loss } from './engine.ts';
import type { Activity } from './forward.ts';

type Float64Tensor = Tensor<Float64Array>;

/** Main term of the loss, and its slope at the readout, e = ∂main/∂y: B × T × outputs. */
export type MainLoss = { main: number; error: Float64Array };

/** y: B × T × outputs, the readout of B trials of T time steps; target and mask as in `Batch`. */
export function mainLoss(
  id: LossId,
  outputs: number,
  y: Float64Array,
  target: Float64Tensor,
  mask: Float64Tensor,
): MainLoss {
  const counted = mask.data.reduce((n, m) => (m === 0 ? n : n + 1), 0);
  return id === 'cross-entropy'
    ? crossEntropy(outputs, y, target.data, mask.data, counted)
    : meanSquaredError(y, target.data, mask.data, counted);
}

/**
 * Over the entries that count:
 *
 *   main = mean of (y − yTarget)²        e = 2 (y − yTarget) / number of entries
 */
function meanSquaredError(y: Float64Array, target: Float64Array, mask: Float64Array, counted: number): MainLoss {
  const error = new Float64Array(y.length);
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    if (mask[i] === 0) continue;
    const difference = y[i] - target[i];
    squares += difference * difference;
    error[i] = (2 * difference) / counted;
  }
  return { main: squares / counted, error };
}

/**
 * Over the steps that count, c: the number of the right output:
 *
 *   main = mean of log Σo exp(y[o]) − y[c]        e = (softmax(y) − [o = c]) / number of steps
 */
function crossEntropy(
  outputs: number,
  y: Float64Array,
  target: Float64Array,
  mask: Float64Array,
  counted: number,
): MainLoss {
  const error = new Float64Array(y.length);
  let sum = 0;
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0) continue;
    const start = row * outputs;
    const right = start + target[row];
    const total = logSumExp(y.subarray(start, start + outputs));
    sum += total - y[right];
    for (let i = start; i < start + outputs; i++) error[i] = Math.exp(y[i] - total) / counted;
    error[right] -= 1 / counted;
  }
  return { main: sum / counted, error };
}

/** log Σ exp(v), without overflow */
function logSumExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const v of values) largest = Math.max(largest, v);
  let sum = 0;
  for (const v of values) sum += Math.exp(v - largest);
  return largest + Math.log(sum);
}

/** r · mean(h²) over everything, noise included. */
export function activityLoss({ h }: Activity, activityPenalty: number): number {
  let sum = 0;
  for (const v of h) sum += v * v;
  return (activityPenalty * sum) / h.length;
}

/** ∂activity/∂h = this · h */
export function activitySlope({ h }: Activity, activityPenalty: number): number {
  return (2 * activityPenalty) / h.length;
}

/** Coefficient r for the next update: lowered by a third as long as the activity term rivals the main one. */
export function nextActivityPenalty(loss: Loss, activityPenalty: number): number {
  return loss.activity >= loss.main / 2 ? (activityPenalty * 2) / 3 : activityPenalty;
}
