import { LabError } from '../errors.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Loss } from './engine.ts';
import type { Activity } from './forward.ts';

/**
 * What training makes small, and its slope at the readout. B trials, T time steps, N units.
 *
 *   main     = Σ mask (y − yTarget)² / Σ mask
 *   activity = r Σ h² / (B T N)
 *   e        = ∂main/∂y = 2 mask (y − yTarget) / Σ mask          B × T × outputs
 */
export function lossAndError(
  { h, y }: Activity,
  target: Tensor<Float64Array>,
  mask: Tensor<Float64Array>,
  activityPenalty: number,
): { loss: Loss; error: Float64Array } {
  let counted = 0;
  for (const m of mask.data) counted += m;
  const error = new Float64Array(y.length);
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    const difference = mask.data[i] * (y[i] - target.data[i]);
    squares += difference * difference;
    error[i] = (2 * difference) / counted;
  }
  return { loss: { main: squares / counted, activity: activityPenalty * meanSquare(h) }, error };
}

/** ∂activity/∂h = this · h */
export function activitySlope({ h }: Activity, activityPenalty: number): number {
  return (2 * activityPenalty) / h.length;
}

/** Coefficient r for the next update: lowered by a third as long as the activity term rivals the main one. */
export function nextActivityPenalty(loss: Loss, activityPenalty: number): number {
  return loss.activity >= loss.main / 2 ? (activityPenalty * 2) / 3 : activityPenalty;
}

/** A loss that is not finite stops the run; the weights stay those of the update before. */
export function requireFinite(loss: Loss, update: number): void {
  if (Number.isFinite(loss.main) && Number.isFinite(loss.activity)) return;
  throw new LabError(
    'training.diverged',
    `Training, update ${update}: expected a finite loss, found main term ${loss.main} and activity term ` +
      `${loss.activity}. Lower the learning rate, clip the gradient, or choose an activation that saturates.`,
  );
}

function meanSquare(values: Float64Array): number {
  let sum = 0;
  for (const v of values) sum += v * v;
  return sum / values.length;
}
