/** Activity as metrics see it: samples × units, sample = step + steps × condition (one condition after the other). */
import { LabError } from '../errors.ts';
import { inPrecision, tensor } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';

/** Rates of a network (trials × steps × units) in the steps [start, stop): (trials · (stop − start)) × units. */
export function activityMatrix(rates: Tensor, window: { readonly start: number; readonly stop: number }): Tensor {
  const [trials, steps, units] = rates.shape as [number, number, number];
  const { start, stop } = window;
  if (!(0 <= start && start < stop && stop <= steps)) {
    throw new LabError(
      'analysis.window',
      `Cutting the analysis window out of a trial: expected steps within 0 to ${steps}, found ${start} to ${stop}. Check the task's timing against the data's.`,
    );
  }
  const kept = stop - start;
  const data = new Float64Array(trials * kept * units);
  for (let b = 0; b < trials; b++) {
    data.set(rates.data.subarray((b * steps + start) * units, (b * steps + stop) * units), b * kept * units);
  }
  return tensor([trials * kept, units], data);
}

/** Recorded activity (neurons × steps × conditions): (steps · conditions) × neurons. */
export function samplesByNeurons(activity: Tensor): Tensor {
  const [neurons, steps, conditions] = activity.shape as [number, number, number];
  const source = inPrecision(activity, 'float64').data;
  const data = new Float64Array(source.length);
  for (let i = 0; i < neurons; i++) {
    for (let t = 0; t < steps; t++) {
      for (let c = 0; c < conditions; c++) {
        data[(t + steps * c) * neurons + i] = source[(i * steps + t) * conditions + c]!;
      }
    }
  }
  return tensor([steps * conditions, neurons], data);
}

/** Refuses what has nothing to compare with. recording: samples × neurons. */
export function requireRecorded({ shape }: Tensor): void {
  if (shape[1] > 0) return;
  throw new LabError(
    'analysis.unrecorded',
    'Comparing with a recording: nothing was recorded, the networks were trained on the task alone. Train on a recording to compare.',
  );
}

/**
 * The activity with each condition replaced by the average over conditions, same shape (neurons × steps × conditions).
 * Its distance to the activity itself is a baseline: a model must do better to know anything about the conditions.
 */
export function crossConditionAverage(activity: Tensor): Tensor {
  const conditions = activity.shape[2];
  const data = new Float64Array(activity.data.length);
  for (let row = 0; row < data.length; row += conditions) {
    let sum = 0;
    for (let c = 0; c < conditions; c++) sum += activity.data[row + c];
    data.fill(sum / conditions, row, row + conditions);
  }
  return tensor(activity.shape, data);
}
