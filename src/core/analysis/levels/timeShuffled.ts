/** The recording against itself with its steps in random order, the same order for all neurons and conditions. */
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import { meanOverDraws } from '../result.ts';
import type { Level } from './level.ts';

export const timeShuffled: Level = {
  id: 'timeShuffled',
  label: 'time shuffled',
  kind: 'floor',
  summary:
    'The recording against itself with its steps in random order, the same for all neurons and conditions. That keeps the rates of every neuron, how neurons go together, how many dimensions there are and which conditions are alike; it destroys when things happen and how one state leads to the next.',
  past: 'Activity with the right rates and dimensions, but at the wrong times, comes as near: the network need not know anything about time.',
  random: true,
  sameNeurons: true,
  estimate({ dataset: { activity }, compare, draws, random }) {
    const values = Array.from({ length: draws }, () =>
      compare(stepsInOrder(activity, random.permutation(activity.shape[1])), activity),
    );
    return meanOverDraws(values);
  },
};

/** activity: neurons × steps × conditions */
export function stepsInOrder({ shape, data }: Tensor, order: readonly number[]): Tensor {
  const [neurons, steps, conditions] = shape as [number, number, number];
  const out = new Float64Array(data.length);
  for (let i = 0; i < neurons; i++) {
    order.forEach((from, to) => {
      const row = (i * steps + from) * conditions;
      out.set(data.subarray(row, row + conditions), (i * steps + to) * conditions);
    });
  }
  return tensor(shape, out);
}
