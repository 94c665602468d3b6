/** What every metric asks of its input, checked at its border. The errors say what to do. */
import { LabError } from '../errors.ts';
import { columnMeans } from '../math/linear/principalComponents.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import { sizeOf } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';

/** Of each, all axes but the last, units, are samples; see ComparisonMetric. */
export function requireSameSamples(x: Tensor, y: Tensor, metric: string): void {
  const [ofX, ofY] = [x, y].map(({ shape }) => shape.slice(0, -1));
  const same = ofX.length === ofY.length ? ofX.join() === ofY.join() : sizeOf(ofX) === sizeOf(ofY);
  if (same) return;
  throw new LabError(
    'metric.samples',
    `Comparing activity by ${metric}: both need the same samples (time steps × conditions), found ${ofX.join(' × ')} and ${ofY.join(' × ')}. Check that the network was run on the conditions and time window of the data.`,
  );
}

export function requireSameShape(x: Tensor, y: Tensor, metric: string): void {
  if (x.shape.join() === y.shape.join()) return;
  throw new LabError(
    'metric.shape',
    `Scoring by ${metric}: readout, target and mask need one shape, found ${x.shape.join(' × ')} and ${y.shape.join(' × ')}.`,
  );
}

/** Readout trials × steps × outputs; target and mask trials × steps, the target a number of an output. */
export function requireChoices(readout: Tensor, target: Tensor, mask: Tensor, metric: string): void {
  const outputs = readout.shape.at(-1)!;
  requireSameShape({ ...readout, shape: readout.shape.slice(0, -1) }, target, metric);
  requireSameShape(target, mask, metric);
  requireFinite(readout, metric);
  const wrong = target.data.findIndex((c: number) => !(Number.isInteger(c) && c >= 0 && c < outputs));
  if (wrong >= 0) {
    throw new LabError(
      'metric.choice',
      `Scoring by ${metric}: expected the number of one of ${outputs} outputs, from 0, at every step, found ${target.data[wrong]}.`,
    );
  }
  if (mask.data.some((m: number) => m !== 0)) return;
  throw new LabError(
    'metric.nothingCounted',
    `Scoring by ${metric}: expected at least one time step with mask 1, found none. Check the timing of the task.`,
  );
}

export function requireFinite(x: Tensor, metric: string): void {
  let at = 0; // a loop: findIndex would take half of the time of a comparison
  while (at < x.data.length && Number.isFinite(x.data[at])) at++;
  if (at === x.data.length) return;
  const unit = at % x.shape.at(-1)!;
  throw new LabError(
    'metric.notFinite',
    `Measuring ${metric}: expected finite numbers, found ${x.data[at]} in unit ${unit}. Leave out units with missing values, or checkpoints whose training diverged.`,
  );
}

/** Refuses activity in which nothing changes: it has no shape to compare, only rounding. x: samples × units. */
export function requireVariation(x: Matrix, metric: string): void {
  const means = columnMeans(x);
  const rounding = x.rows * Number.EPSILON;
  if (x.data.some((v, i) => Math.abs(v - means[i % x.cols]) > rounding * Math.abs(means[i % x.cols]))) return;
  throw new LabError(
    'metric.constant',
    `Measuring ${metric}: expected activity that varies over time or conditions, found ${x.cols} constant units in ${x.rows} samples. Check the units chosen and the time window.`,
  );
}
