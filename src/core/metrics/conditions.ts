/** Which samples of a set of activity belong to which condition: one condition after the other, steps in order within it. */
import { LabError } from '../errors.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { sizeOf, tensor } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';

/** Samples × units as conditions × steps × units, over the same data. Throws LabError `metric.conditions`. */
export function byCondition(x: Tensor, conditions: number): Tensor {
  const units = x.shape.at(-1)!;
  const samples = sizeOf(x.shape.slice(0, -1));
  if (conditions < 1 || samples % conditions !== 0) {
    throw new LabError(
      'metric.conditions',
      `Dividing ${samples} samples into conditions: expected conditions of equal length, found ${conditions} conditions.`,
    );
  }
  return tensor([conditions, samples / conditions, units], x.data);
}

/** The conditions that are kept, in order. x: conditions × steps × units. */
export function conditionsWhere(x: Tensor, keep: (condition: number) => boolean): Tensor {
  const [conditions, steps, units] = x.shape as [number, number, number];
  const kept = [...Array(conditions).keys()].filter(keep);
  const data = new Float64Array(kept.length * steps * units);
  kept.forEach((c, i) => data.set(x.data.subarray(c * steps * units, (c + 1) * steps * units), i * steps * units));
  return tensor([kept.length, steps, units], data);
}

/** Each condition replaced by the average over conditions. x: conditions × steps × units, as the result. */
export function averageOverConditions(x: Tensor): Tensor {
  const [conditions, steps, units] = x.shape as [number, number, number];
  const size = steps * units;
  const mean = new Float64Array(size);
  for (let i = 0; i < x.data.length; i++) mean[i % size] += x.data[i] / conditions;
  const data = new Float64Array(x.data.length);
  for (let c = 0; c < conditions; c++) data.set(mean, c * size);
  return tensor(x.shape, data);
}

/** Either form of activity as a matrix of its own, samples × units (always a copy). */
export function samplesOf(x: Tensor): Matrix {
  return { rows: sizeOf(x.shape.slice(0, -1)), cols: x.shape.at(-1)!, data: Float64Array.from(x.data) };
}

/** How many conditions and steps there are. Throws where the activity does not say, or has fewer than are needed. */
export function requireConditions(
  x: Tensor,
  metric: string,
  least: { readonly conditions: number; readonly steps: number },
): { conditions: number; steps: number } {
  const [conditions, steps] = x.shape.length === 3 ? x.shape : [1, x.shape[0]];
  const known = x.shape.length === 3 || least.conditions === 1;
  if (known && conditions >= least.conditions && steps >= least.steps) return { conditions, steps };
  const found = known ? `${conditions} × ${steps}` : 'samples that do not say which condition they belong to';
  throw new LabError(
    'metric.conditions',
    `Comparing activity by ${metric}: expected at least ${least.conditions} conditions of ${least.steps} steps, found ${found}. Take a longer time window or more conditions, or another metric.`,
  );
}
