/** A Dataset as one safetensors file, for the workspace. */
import { decode, encode } from '../checkpoints/safetensors.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Dataset } from './dataset.ts';

type Described = Pick<Dataset, 'name' | 'simulated' | 'alignment' | 'conditions' | 'source'>;

export function encodeDataset(dataset: Dataset): Uint8Array {
  const { name, simulated, alignment, conditions, source } = dataset;
  const described: Described = { name, simulated, alignment, conditions, source };
  return encode(
    {
      activity: dataset.activity,
      timeMs: { shape: [dataset.timeMs.length], data: dataset.timeMs },
      ...prefixed('kinematics.', dataset.kinematics),
      ...prefixed('facts.', dataset.facts),
    },
    { dataset: JSON.stringify(described) },
  );
}

export function decodeDataset(bytes: Uint8Array): Dataset {
  const { tensors, metadata } = decode(bytes);
  return {
    ...(JSON.parse(metadata['dataset']!) as Described),
    activity: tensors['activity']!,
    timeMs: tensors['timeMs']!.data as Float64Array,
    kinematics: unprefixed('kinematics.', tensors),
    facts: unprefixed('facts.', tensors),
  };
}

function prefixed(prefix: string, tensors: Record<string, Tensor>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, t]) => [prefix + name, t]));
}

function unprefixed(prefix: string, tensors: Record<string, Tensor>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, t]) => [name.slice(prefix.length), t]),
  );
}
