/** Checkpoints as the published scripts store them: PyTorch files with a state dictionary. */
import type { FileArray, FileValue } from '../data/formats/format.ts';
import { pth } from '../data/formats/pth.ts';
import { isArray } from '../data/layouts/reaching.ts';
import { LabError } from '../errors.ts';
import { tensor, type Tensor } from '../math/tensor.ts';
import { parameterNames, parameterShapes } from '../models/parameters.ts';
import type { NetworkShape, ParameterName, Parameters } from '../models/parameters.ts';
import { plainWiring, type Wiring } from '../models/wiring.ts';
import type { Checkpoint } from './checkpoint.ts';
import { littleEndianBytes } from '../data/formats/littleEndian.ts';
import { dictionary, orderedDictionary, pickle, tensorValue, type Picklable } from './pickleWriter.ts';
import { storedZip } from '../data/formats/storedZip.ts';
import { wiringArrays, wiringIn } from './wiringArrays.ts';

/** What the published code calls each parameter. */
export const publishedNames: Record<ParameterName, string> = {
  a0: 'ah0',
  Win: 'fc_x2ah.weight',
  Wrec: 'fc_h2ah.weight',
  b: 'fc_x2ah.bias',
  Wout: 'fc_h2y.weight',
  bout: 'fc_h2y.bias',
};

/** Entries beside the state dictionary: the published ones, and ours (see `writeStateDict`). */
const knownEntries = [
  'model_state_dict',
  'regularization_activityL2',
  'figure_suffix',
  'wiring',
  'cell_types',
  'update',
  'metadata',
];

export type StateDict = {
  /** in the precision of the file */
  parameters: Parameters;
  /** coefficient of the activity penalty for the next update */
  activityPenalty: number;
  /** plain but in files of ours */
  wiring: Wiring;
  /** names of entries beside the state dictionary that mean nothing here */
  unknown: string[];
};

/**
 * Throws LabError `checkpoint.published` where the file lacks one of the arrays, or has one more: a network with other
 * parameters has another equation.
 */
export function readStateDict(bytes: Uint8Array, fileName = 'checkpoint.pth'): StateDict {
  const content = pth.read(bytes, fileName);
  const refuse = (found: string): never => {
    throw new LabError(
      'checkpoint.published',
      `Reading "${fileName}": expected a dictionary with model_state_dict (${Object.values(publishedNames).join(', ')}) and regularization_activityL2, as the published scripts store them; found ${found}.`,
    );
  };
  if (!(content instanceof Map)) return refuse('no dictionary');
  const state = content.get('model_state_dict');
  const penalty = content.get('regularization_activityL2');
  if (!(state instanceof Map) || typeof penalty !== 'number') return refuse(namesIn(content));
  const extra = [...state.keys()].filter((key) => !Object.values(publishedNames).includes(key));
  if (extra.length > 0) refuse(`also ${extra.slice(0, 8).join(', ')} in model_state_dict`);
  const parameters = Object.fromEntries(
    Object.entries(publishedNames).map(([name, theirs]) => {
      const value = state.get(theirs);
      return [name, isArray(value) ? tensorOf(value) : refuse(`no array ${theirs} in model_state_dict`)];
    }),
  ) as Parameters;
  return {
    parameters,
    activityPenalty: penalty,
    wiring: readWiring(content),
    unknown: [...content.keys()].filter((key) => !knownEntries.includes(key)),
  };
}

const tensorOf = ({ shape, data }: FileArray): Tensor => tensor(shape, data);

function namesIn(content: Map<string, FileValue>): string {
  const names = [...content.keys()];
  return names.length === 0 ? 'an empty dictionary' : names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
}

function readWiring(content: Map<string, FileValue>): Wiring {
  const wiring = content.get('wiring');
  if (!(wiring instanceof Map)) return plainWiring;
  const arrays = [...wiring].flatMap(([name, value]) => (isArray(value) ? [[name, tensorOf(value)] as const] : []));
  const cellTypes = content.get('cell_types');
  return wiringIn(Object.fromEntries(arrays), Array.isArray(cellTypes) ? { cellTypes: JSON.stringify(cellTypes) } : {});
}

type Sizes = Pick<NetworkShape, 'units' | 'inputs' | 'outputs'>;

/** Throws LabError `checkpoint.shape` where the parameters are not those of such a network. */
export function requireShapes(parameters: Parameters, sizes: Sizes, fileName: string): void {
  const { units, inputs, outputs } = sizes;
  const expected = parameterShapes(sizes);
  for (const name of parameterNames) {
    const shape = expected[name];
    const found = parameters[name].shape;
    if (found.join() === shape.join()) continue;
    throw new LabError(
      'checkpoint.shape',
      `Reading "${fileName}": expected ${publishedNames[name]} of ${shape.join(' × ')} for ${units} units, ${inputs} inputs and ${outputs} outputs, found ${found.join(' × ')}. Its settings belong to another network, or the task has other inputs or outputs here.`,
    );
  }
}

/**
 * The checkpoint as a file for `torch.load`: the dictionary that the published scripts store, with
 *
 *   wiring       mask, Bout, Brec, as far as the network has them; cell_types: [start, end) of each
 *   update       weight updates made
 *   metadata     JSON text
 */
export function writeStateDict(
  { update, parameters, activityPenalty, wiring }: Checkpoint,
  metadata: string,
): Uint8Array {
  const state = (Object.entries(publishedNames) as [ParameterName, string][]).map(
    ([name, theirs]) => [theirs, tensorValue(parameters[name])] as const,
  );
  const arrays = Object.entries(wiringArrays(wiring)).map(([name, t]) => [name, tensorValue(t)] as const);
  const content: Record<string, Picklable> = {
    model_state_dict: orderedDictionary(state),
    regularization_activityL2: activityPenalty,
    ...(arrays.length > 0 ? { wiring: dictionary(Object.fromEntries(arrays)) } : {}),
    ...(wiring.cellTypes ? { cell_types: wiring.cellTypes } : {}),
    update,
    metadata,
  };
  const { bytes, tensors } = pickle(dictionary(content));
  const text = (s: string): Uint8Array => new TextEncoder().encode(s);
  return storedZip([
    { name: 'archive/data.pkl', content: bytes },
    { name: 'archive/byteorder', content: text('little') },
    ...tensors.map(({ data }, key) => ({ name: `archive/data/${key}`, content: littleEndianBytes(data) })),
    { name: 'archive/version', content: text('3\n') },
  ]);
}
