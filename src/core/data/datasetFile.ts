/** A Dataset as one safetensors file, for the workspace. */
import { decode, encode } from '../checkpoints/safetensors.ts';
import { LabError } from '../errors.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Behaviour, Dataset } from './dataset.ts';
import { singleTrialArrays, singleTrialsFrom } from './singleTrialsFile.ts';

type Described = Pick<
  Dataset,
  'name' | 'simulated' | 'neuronNames' | 'alignment' | 'conditions' | 'source' | 'origin' | 'about' | 'files'
>;
type DescribedBehaviour = Pick<Behaviour, 'name' | 'labels' | 'source'>;

const singleTrialsPrefix = 'singleTrials.';

export function encodeDataset(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { name, simulated, neuronNames, alignment, conditions, source, origin, about, files } = dataset;
  const { trials, behaviour, singleTrials } = dataset;
  const described: Described = {
    name,
    simulated,
    alignment,
    conditions,
    source,
    ...(neuronNames ? { neuronNames } : {}),
    ...(origin ? { origin } : {}),
    ...(about ? { about } : {}),
    ...(files ? { files } : {}),
  };
  return encode(
    {
      activity: dataset.activity,
      timeMs: vector(dataset.timeMs),
      ...prefixed('kinematics.', dataset.kinematics),
      ...prefixed('facts.', dataset.facts),
      ...(trials ? prefixed('trials.', { input: trials.input, target: trials.target, mask: trials.mask }) : {}),
      ...(singleTrials ? prefixed(singleTrialsPrefix, singleTrialArrays(singleTrials)) : {}),
      ...(behaviour ? prefixed('behaviour.', { values: behaviour.values, timeMs: vector(behaviour.timeMs) }) : {}),
    },
    {
      dataset: JSON.stringify(described),
      ...(trials ? { trialsStart: String(trials.start) } : {}),
      ...(behaviour ? { behaviour: JSON.stringify(describedBehaviour(behaviour)) } : {}),
    },
  );
}

/** part: `averages` leaves out single trials, which may be most of the file. */
export function decodeDataset(bytes: Uint8Array, part: 'all' | 'averages' = 'all'): Dataset {
  const { tensors, metadata } = decode(bytes, (name) => part === 'all' || !name.startsWith(singleTrialsPrefix));
  const { activity, timeMs } = tensors;
  const described = parse<Described>(metadata['dataset']);
  if (!described || !activity || !(timeMs?.data instanceof Float64Array)) {
    throw new LabError(
      'dataset.damaged',
      'Reading a dataset of the workspace: expected its description, activity and times, found a file without them. Import the recording again.',
    );
  }
  const singleTrials = singleTrialsFrom(unprefixed(singleTrialsPrefix, tensors));
  return {
    ...described,
    activity,
    timeMs: timeMs.data,
    kinematics: unprefixed('kinematics.', tensors),
    facts: unprefixed('facts.', tensors),
    ...(singleTrials ? { singleTrials } : {}),
    ...trialsIn(unprefixed('trials.', tensors), Number(metadata['trialsStart'])),
    ...behaviourIn(unprefixed('behaviour.', tensors), parse<DescribedBehaviour>(metadata['behaviour'])),
  };
}

/** Nothing for datasets stored before there was any. */
function behaviourIn(
  { values, timeMs }: Record<string, Tensor>,
  described: DescribedBehaviour | null,
): Pick<Dataset, 'behaviour'> {
  if (!described || !values || !(timeMs?.data instanceof Float64Array)) return {};
  return { behaviour: { ...described, values, timeMs: timeMs.data } };
}

function describedBehaviour({ name, labels, source }: Behaviour): DescribedBehaviour {
  return { name, labels, source };
}

const vector = (data: Float64Array): Tensor => ({ shape: [data.length], data });

function trialsIn({ input, target, mask }: Record<string, Tensor>, start: number): Pick<Dataset, 'trials'> {
  return input && target && mask ? { trials: { input, target, mask, start } } : {};
}

function parse<T>(text: string | undefined): T | null {
  try {
    return JSON.parse(text ?? 'null') as T | null;
  } catch {
    return null;
  }
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
