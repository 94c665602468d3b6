/**
 * Condition averages of prefrontal neurons in the context-dependent decision of Mante et al. 2013, as the published
 * pipeline keeps them (`neuralforRNN.npy`): neurons × 50 steps of 15 ms × 72 conditions, see contextConditions.ts. A plain
 * array, told by its shape; or one under the key `neuralforRNN`.
 *
 * The recordings begin 100 ms after stimulus onset, by the names of their files (…_Vstim_100_850_ms.mat).
 */
import { contextConditions, manteLevels } from '../contextConditions.ts';
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import type { Layout } from './layout.ts';
import { isArray } from './reaching.ts';

const key = 'neuralforRNN';
const steps = { count: 50, firstMs: 100, stepMs: 15 };
export const manteConditions = contextConditions(manteLevels);

export const mante2013: Layout = {
  id: 'mante2013',
  recognises: (value) => (value instanceof Map ? value.has(key) : isArray(value) && fits(value)),
  toContent(value, fileName) {
    const array = value instanceof Map ? value.get(key) : value;
    if (!isArray(array) || !fits(array)) {
      throw new LabError(
        'data.shape',
        `Reading "${fileName}": expected "${key}" to be neurons × ${steps.count} × ${manteConditions.length}, found ${isArray(array) ? array.shape.join(' × ') : 'no array'}.`,
      );
    }
    const simulated = value instanceof Map && isSet(value.get('simulated'));
    return {
      name: simulated ? 'Simulated decisions' : `Mante 2013: ${fileName.replace(/\.[^.]*$/, '')}`,
      simulated,
      activity: tensor(array.shape, array.data),
      timeMs: Float64Array.from({ length: steps.count }, (_, t) => steps.firstMs + t * steps.stepMs),
      alignment: 'stimulus onset',
      conditions: [...manteConditions],
      kinematics: {},
      facts: {},
    };
  },
};

function fits({ shape }: FileArray): boolean {
  return shape.length === 3 && shape[1] === steps.count && shape[2] === manteConditions.length;
}

function isSet(value: FileValue | undefined): boolean {
  return isArray(value) && value.data[0] === 1;
}
