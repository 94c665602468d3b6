/**
 * Condition averages of centre-out reaching, as the published pipeline keeps the Hatsopoulos 2007 recordings: a
 * dictionary of `firing_rate` (neurons × 121 × 8), six kinematic signals (8 × 121) and movement durations (8). Steps are
 * −800…400 ms by 10 ms from movement onset, conditions the directions 0°, 45°, … 315°.
 */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import type { Layout } from './layout.ts';

const signals = {
  handX: 'xhandposition',
  handY: 'yhandposition',
  handVx: 'xhandspeed',
  handVy: 'yhandspeed',
  shoulderAngle: 'shoulderangle',
  elbowAngle: 'elbowangle',
} as const;

const durations = {
  meanMovementMs: 'time_startmovement_to_endmovement_mean',
  medianMovementMs: 'time_startmovement_to_endmovement_median',
} as const;

const steps = { count: 121, firstMs: -800, stepMs: 10 };
const directions = 8;

export const reaching: Layout = {
  id: 'hatsopoulos',
  recognises: (value) =>
    value instanceof Map && value.has('firing_rate') && Object.values(signals).every((k) => value.has(k)),
  toContent(value, fileName) {
    const entries = value as Map<string, FileValue>;
    const array = (key: string, shape: readonly (number | null)[]): Tensor => arrayNamed(entries, key, shape, fileName);
    const flag = entries.get('simulated');
    const simulated = isArray(flag) && flag.data[0] === 1;
    return {
      name: simulated ? 'Simulated reach' : 'Hatsopoulos 2007 reach',
      simulated,
      activity: array('firing_rate', [null, steps.count, directions]),
      timeMs: Float64Array.from({ length: steps.count }, (_, t) => steps.firstMs + t * steps.stepMs),
      alignment: 'movement onset',
      conditions: Array.from({ length: directions }, (_, c) => ({
        label: `${(360 / directions) * c}°`,
        values: { directionDeg: (360 / directions) * c },
      })),
      kinematics: mapEntries(signals, (key) => array(key, [directions, steps.count])),
      facts: mapEntries(Object.fromEntries(Object.entries(durations).filter(([, key]) => entries.has(key))), (key) =>
        array(key, [directions]),
      ),
    };
  },
};

function mapEntries(names: Record<string, string>, read: (key: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(names).map(([name, key]) => [name, read(key)]));
}

function arrayNamed(
  entries: Map<string, FileValue>,
  key: string,
  shape: readonly (number | null)[],
  fileName: string,
): Tensor {
  const value = entries.get(key);
  const expected = shape.map((n) => n ?? 'neurons').join(' × ');
  const found = isArray(value) ? value.shape.join(' × ') : 'no array';
  const fits =
    isArray(value) && value.shape.length === shape.length && shape.every((n, i) => n === null || n === value.shape[i]);
  if (fits) return tensor(value.shape, value.data);
  throw new LabError('data.shape', `Reading "${fileName}": expected "${key}" to be ${expected}, found ${found}.`);
}

export function isArray(value: FileValue | undefined): value is FileArray {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
