/**
 * Condition averages of the reaches of Sussillo, Churchland, Kaufman & Shenoy 2015, as the published pipeline was given
 * them: two MATLAB files with one array each, motor cortex (neurons × 196 steps × 27 conditions) and muscles
 * (muscles × 66 × 27). Told by their shapes; the names of the variables do not matter.
 *
 * [Note: Times of Sussillo 2015] The files do not say when their steps are. Steps last 10 ms and both arrays end 400 ms after
 * movement onset: the muscles then begin at −250 ms, where the published targets begin, and the activity at −1550 ms. The
 * published comparison begins at −1450 ms, so the ten steps before are left out: 186 steps stay.
 */
import { tensor } from '../../math/tensor.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import type { BehaviourLayout } from './behaviourLayout.ts';
import type { Layout } from './layout.ts';
import { arraysOf } from './fileArrays.ts';

const stepMs = 10;
const lastMs = 400;
const firstComparedMs = -1450;
const alignment = 'movement onset';
const shapes = {
  activity: { steps: 196, conditions: 27 },
  muscles: { steps: 66, conditions: 27 },
} as const;

export const sussillo2015: Layout = {
  id: 'sussillo2015',
  recognises: (value) => arrayOf(value, shapes.activity) !== null,
  toContent(value) {
    const { shape, data } = arrayOf(value, shapes.activity)!;
    const timeMs = timesOf(shapes.activity.steps);
    const first = timeMs.indexOf(firstComparedMs);
    return {
      name: 'Sussillo 2015 reach',
      simulated: false,
      activity: fromStep({ shape, data }, first),
      timeMs: timeMs.slice(first),
      alignment,
      conditions: Array.from({ length: shape[2] }, (_, c) => ({ label: `reach ${c + 1}`, values: {} })),
      kinematics: {},
      facts: {},
    };
  },
};

export const sussilloMuscles: BehaviourLayout = {
  id: 'sussillo2015-muscles',
  recognises: (value) => arrayOf(value, shapes.muscles) !== null,
  toContent(value) {
    const { shape, data } = arrayOf(value, shapes.muscles)!;
    return {
      name: 'EMG',
      labels: Array.from({ length: shape[0] }, (_, m) => `muscle ${m + 1}`),
      values: tensor(shape, data),
      timeMs: timesOf(shapes.muscles.steps),
      alignment,
    };
  },
};

/** The only array of that many steps and conditions, if there is one. */
function arrayOf(value: FileValue, { steps, conditions }: { steps: number; conditions: number }): FileArray | null {
  const fitting = [...arraysOf(value).values()].filter(
    ({ shape, data }) => shape.length === 3 && shape[1] === steps && shape[2] === conditions && data.length > 0,
  );
  return fitting.length === 1 ? fitting[0] : null;
}

function timesOf(steps: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, t) => lastMs - (steps - 1 - t) * stepMs);
}

/** The array without the steps before `first`. */
function fromStep({ shape, data }: Pick<FileArray, 'shape' | 'data'>, first: number): ReturnType<typeof tensor> {
  const [neurons, steps, conditions] = shape as [number, number, number];
  const kept = (steps - first) * conditions;
  const out = data.slice(0, neurons * kept);
  for (let n = 0; n < neurons; n++) {
    const end = (n + 1) * steps * conditions;
    out.set(data.subarray(end - kept, end), n * kept);
  }
  return tensor([neurons, steps - first, conditions], out);
}
