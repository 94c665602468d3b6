import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';

/** The neurons asked for, in that order. activity: neurons × steps × conditions. */
export function neuronsAt({ shape: [, steps, conditions], data }: Tensor, neurons: readonly number[]): Tensor {
  const each = steps * conditions;
  const out = new Float64Array(neurons.length * each);
  neurons.forEach((neuron, i) => out.set(data.subarray(neuron * each, (neuron + 1) * each), i * each));
  return tensor([neurons.length, steps, conditions], out);
}
