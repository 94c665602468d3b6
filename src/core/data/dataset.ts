/** A recording as the rest of the program sees it, whatever file it came from. */
import type { Tensor } from '../math/tensor.ts';

/** One experimental setting, for example a reach direction. */
export type Condition = { label: string; values: Record<string, number> };

/** Where a dataset came from, so that every number can be traced to the bytes of a file. */
export type Source = {
  path: string;
  sha256: string;
  bytes: number;
  /** id of the file format, see `formats/` */
  format: string;
  /** how the arrays in the file were understood: a known layout's id, or the mapping given by the user */
  layout: string;
};

/** What became of one file of a folder that was imported. */
export type FileReport = {
  /** its name in the folder */
  file: string;
  /** empty where it could not be opened */
  sha256: string;
  /** whether it is a part of the dataset */
  kept: boolean;
  /** why not; of a file that was kept, what was taken from it */
  why: string;
};

/** Trials of a task that came in a file, one per condition. Steps are the task's, of which the dataset's are a part. */
export type TaskTrials = {
  /** conditions × steps × inputs */
  input: Tensor;
  /** conditions × steps: number of the right output, from 0 */
  target: Tensor;
  /** conditions × steps: 1 where it counts */
  mask: Tensor;
  /** step that is the dataset's first */
  start: number;
};

/** What people say of a dataset; empty where nothing was said. */
export type DatasetAbout = { notes: string; licence: string; citation: string };

export const nothingSaid: DatasetAbout = { notes: '', licence: '', citation: '' };

/** Signals recorded with the activity but on steps of their own, added from another file: muscles, eyes, forces. */
export type Behaviour = {
  /** what was recorded, for example "EMG" */
  name: string;
  /** one name per signal */
  labels: string[];
  /** signals × steps × conditions; conditions in the dataset's order */
  values: Tensor;
  /** centre of each step in ms relative to the dataset's alignment event: steps */
  timeMs: Float64Array;
  source: Source;
};

/** One trial as it was recorded, before averages were taken. */
export type SingleTrial = {
  /** place among the dataset's conditions */
  condition: number;
  /** places among the dataset's neurons of those recorded in it; trials of neurons recorded together list the same */
  neurons: readonly number[];
  /** these neurons × steps */
  activity: Tensor;
};

export type Dataset = {
  name: string;
  /** true when the numbers were simulated, not recorded; shown wherever the dataset is */
  simulated: boolean;
  /** condition-averaged firing rates: neurons × steps × conditions; 0 neurons: a task alone, nothing was recorded */
  activity: Tensor;
  /** of each neuron, as its file calls it; absent where it calls them nothing */
  neuronNames?: readonly string[];
  /** centre of each step in ms relative to the alignment event: steps */
  timeMs: Float64Array;
  /** the event at time 0, for example "movement onset" */
  alignment: string;
  conditions: Condition[];
  /** behaviour recorded on the same steps, each conditions × steps; empty when there is none */
  kinematics: Record<string, Tensor>;
  /** behaviour from a file of its own; absent when none was added */
  behaviour?: Behaviour;
  /** the trials that the activity is the average of; absent where a file holds averages alone */
  singleTrials?: SingleTrial[];
  /** free facts of the file worth keeping, for example movement durations: conditions */
  facts: Record<string, Tensor>;
  /** absent where the task makes its own */
  trials?: TaskTrials;
  source: Source;
  /** of a dataset that was exported and read again: the file that it came from at first */
  origin?: Source;
  /** what its file said; what is said later lies in the store */
  about?: DatasetAbout;
  /** of a dataset that was read from a folder: its files, in the order in which they were read */
  files?: FileReport[];
};

/** False for a task alone, of which nothing was recorded. */
export function isRecording({ activity }: Pick<Dataset, 'activity'>): boolean {
  return activity.shape[0] > 0;
}
