/** Folders of the published layout, with small networks made for a test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dictionary, pickle, type Picklable } from '../../src/core/checkpoints/pickleWriter.ts';
import { writeStateDict } from '../../src/core/checkpoints/published.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { drawInitialParameters } from '../../src/core/models/initialWeights.ts';
import type { Parameters } from '../../src/core/models/parameters.ts';
import { npyFile } from './files.ts';

export const usualSettings: Readonly<Record<string, Picklable>> = {
  task_name: 'Hatsopoulos2007_sincosbumpinput_holdcue',
  optimizer_name: 'Adam',
  n_input: 3,
  n_output: 2,
  n_recurrent: 24,
  n_T: 300,
  n_trials: 10,
  model_class: 'CTRNN',
  activation_function: 'retanh',
  n_parameter_updates: 20,
  regularization_activityL2: 10,
  activity_noise_std: 0,
  figure_dir: './store_trained_models/small_rng5_lm1_lr0.0003',
  random_seed: 5,
  learning_rate: 0.0003,
  CLIP_GRADIENT_NORM: 0,
  max_gradient_norm: 0.4,
  ini_gain: 1,
  toffsetoutput: -10,
  OUTPUTONEHOT: 0,
  OUTPUTXYHANDPOSITION: 0,
  OUTPUTXYHANDVELOCITY: 0,
  OUTPUTSHOULDERELBOWANGLES: 1,
};

export type ModelFolder = {
  name?: string;
  updates?: readonly number[];
  settings?: Readonly<Record<string, Picklable>> | null;
  errors?: readonly number[];
  inputs?: number;
  outputs?: number;
  units?: number;
};

type Sizes = { units: number; inputs: number; outputs: number };

/** The network of update u has u added to its readout bias. Returns the folder. */
export function writeModelFolder(inside: string, options: ModelFolder = {}): string {
  const { name = 'small_rng5_lm1_lr0.0003', updates = [0, 10, 20], settings = usualSettings, errors } = options;
  const folder = path.join(inside, name);
  mkdirSync(folder, { recursive: true });
  const { units = 24, inputs = 3, outputs = 2 } = options;
  for (const update of updates)
    writeFileSync(path.join(folder, parameterFile(update)), network({ units, inputs, outputs }, update));
  if (settings) writeFileSync(path.join(folder, 'model_info_dictionary.npy'), settingsFile(settings));
  if (errors) {
    writeFileSync(path.join(folder, 'pset.npy'), list(updates));
    writeFileSync(path.join(folder, 'errornormalized_store.npy'), list(errors));
  }
  return folder;
}

export const parameterFile = (update: number): string => `model_parameter_update${update}.pth`;

export function networkParameters(sizes: Sizes, update: number): Parameters {
  const drawn = drawInitialParameters(sizes, { initialGain: 1, readoutGain: 1 }, 5);
  drawn.bout.data.fill(update);
  return drawn;
}

function network(sizes: Sizes, update: number): Uint8Array {
  const { parameters, wiring } = initialState(networkParameters(sizes, update), 10, 'float32');
  return writeStateDict({ update, parameters, wiring, activityPenalty: 10 }, '');
}

function settingsFile(settings: Readonly<Record<string, Picklable>>): Uint8Array {
  return npyFile({ descr: '|O', shape: '()', body: pickle([dictionary(settings)]).bytes });
}

function list(values: readonly number[]): Uint8Array {
  return npyFile({
    descr: '<f8',
    shape: `(${values.length},)`,
    body: new Uint8Array(Float64Array.from(values).buffer),
  });
}
