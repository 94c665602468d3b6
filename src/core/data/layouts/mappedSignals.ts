/** Behaviour on the steps of a mapped array: signals of the same file. */
import { sizeOf, tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import { offsetOf } from './axes.ts';
import type { Trial } from './axes.ts';
import { arrayAt } from './fileArrays.ts';
import { refuse } from './mappedLabels.ts';
import type { ArrayMapping, AxisName } from './mapping.ts';

/** Of the activity: its trials, how many conditions they have, and which of these are left (null: all). */
export type TrialsTaken = { trials: readonly Trial[]; conditions: number; kept: readonly number[] | null };

/**
 * Each signal as conditions × steps. It has the axes of the activity but for neuron, in the same or the opposite order, or is
 * conditions × steps, or steps × conditions where the two are not equal. Trials are averaged as those of the activity are.
 * Throws LabError `mapping.array` and `mapping.signals`.
 */
export function signalsOf(
  value: FileValue,
  { axes, signals = {} }: ArrayMapping,
  shape: readonly number[],
  taken: TrialsTaken,
  fileName: string,
): Record<string, Tensor> {
  const steps = shape[axes.indexOf('time')];
  const kept = taken.kept ?? Array.from({ length: taken.conditions }, (_, condition) => condition);
  const signal = (key: string): Tensor => {
    const array = arrayAt(value, key);
    if (!array) return refuse('mapping.array', fileName, `there is no array "${key}". Choose one that is there.`);
    const places = placesOfSignal(array.shape, axes, shape);
    if (places) return averaged(array.data, places, { axes, shape, trials: taken.trials, kept });
    const byCondition = isSame(array.shape, [taken.conditions, steps]);
    if (byCondition || isSame(array.shape, [steps, taken.conditions])) {
      const [perCondition, perStep] = byCondition ? [steps, 1] : [1, taken.conditions];
      const at = (i: number): number => kept[Math.floor(i / steps)] * perCondition + (i % steps) * perStep;
      const data = Float64Array.from({ length: kept.length * steps }, (_, i) => array.data[at(i)]);
      return tensor([kept.length, steps], data);
    }
    const others = otherAxes(axes);
    const expected = `${others.map((a) => shape[a]).join(' × ')} (${others.map((a) => axes[a]).join(', ')})`;
    const found = `${array.shape.join(' × ')}. Choose another array.`;
    return refuse(
      'mapping.signals',
      fileName,
      `expected the signal "${key}" to be ${expected} or ${taken.conditions} × ${steps} (conditions, steps), found ${found}`,
    );
  };
  return Object.fromEntries(Object.entries(signals).map(([name, key]) => [name, signal(key)]));
}

const otherAxes = (axes: readonly AxisName[]): number[] =>
  axes.flatMap((name, axis) => (name === 'neuron' ? [] : [axis]));

/** The axis of the activity that each axis of the signal is; null where it has others. Axes of length 1 may be there beside. */
export function placesOfSignal(
  found: readonly number[],
  axes: readonly AxisName[],
  shape: readonly number[],
): number[] | null {
  const others = otherAxes(axes);
  const own = found.length > others.length ? found.filter((n) => n !== 1) : found;
  const orders = [others, others.toReversed()];
  return orders.find((order) => isSame(own, order.map((axis) => shape[axis]))) ?? null; // prettier-ignore
}

type Axes = {
  axes: readonly AxisName[];
  shape: readonly number[];
  trials: readonly Trial[];
  kept: readonly number[];
};

/** Trials that are missing (NaN) at every step are left out. */
function averaged(data: FileArray['data'], places: readonly number[], { axes, shape, trials, kept }: Axes): Tensor {
  const strides = axes.map(() => 0);
  places.forEach((axis, i) => (strides[axis] = sizeOf(places.slice(i + 1).map((a) => shape[a]))));
  const timeAxis = axes.indexOf('time');
  const [steps, stride] = [shape[timeAxis], strides[timeAxis]];
  const isRecorded = (offset: number): boolean => {
    for (let t = 0; t < steps; t++) if (!Number.isNaN(data[offset + t * stride])) return true;
    return false;
  };
  const values = new Float64Array(kept.length * steps);
  kept.forEach((condition, row) => {
    const own = trials.filter((trial) => trial.condition === condition);
    const offsets = own.map((trial) => offsetOf(trial, strides)).filter(isRecorded);
    for (let t = 0; t < steps; t++) {
      let sum = 0;
      for (const offset of offsets) sum += data[offset + t * stride];
      values[row * steps + t] = sum / offsets.length; // NaN where there is none, which an import refuses
    }
  });
  return tensor([kept.length, steps], values);
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
