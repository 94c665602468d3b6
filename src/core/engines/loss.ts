import type { Tensor } from '../math/tensor.ts';
import type { Activity } from '../models/activity.ts';
import type { LossId } from '../tasks/task.ts';
import type { Loss } from './engine.ts';

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
  const main = id === 'cross-entropy' ? crossEntropy : meanSquaredError;
  return main(outputs, y, target.data, mask.data, countMasked(mask));
}

/**
 * Over the entries that count:
 *
 *   main = mean of (y − yTarget)²        e = 2 (y − yTarget) / number of entries
 */
function meanSquaredError(
  _outputs: number,
  y: Float64Array,
  target: Float64Array,
  mask: Float64Array,
  counted: number,
): MainLoss {
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

/** Main and activity term together, as the share of each trial: B; they add up to both. Arguments as above. */
export function lossOfTrials(
  id: LossId,
  outputs: number,
  { trials, y, h }: Activity,
  target: Float64Tensor,
  mask: Float64Tensor,
  activityPenalty: number,
): Float64Array {
  const counted = countMasked(mask);
  const main = id === 'cross-entropy' ? crossEntropy : meanSquaredError;
  const part = (all: Float64Array, trial: number): Float64Array =>
    all.subarray((trial * all.length) / trials, ((trial + 1) * all.length) / trials);
  return Float64Array.from({ length: trials }, (_, k) => {
    const rates = part(h, k);
    const squares = rates.reduce((sum, v) => sum + v * v, 0);
    const { main: error } = main(outputs, part(y, k), part(target.data, k), part(mask.data, k), counted);
    return error + (activityPenalty * squares) / h.length;
  });
}

function countMasked({ data }: Float64Tensor): number {
  return data.reduce((n, m) => (m === 0 ? n : n + 1), 0);
}

/** ∂activity/∂h = this · h */
export function activitySlope({ h }: Activity, activityPenalty: number): number {
  return (2 * activityPenalty) / h.length;
}

/** Coefficient r for the next update: lowered by a third as long as the activity term rivals the main one. */
export function nextActivityPenalty(loss: Loss, activityPenalty: number): number {
  return loss.activity >= loss.main / 2 ? (activityPenalty * 2) / 3 : activityPenalty;
}
