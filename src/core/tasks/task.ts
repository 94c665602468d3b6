/** What an animal, and so a network, has to do: inputs, targets and which of them count. */
import type { Dataset } from '../data/dataset.ts';
import type { NumpyRandom } from '../math/random/numpyRandom.ts';
import type { Tensor } from '../math/tensor.ts';
import type { TaskSettings } from './settings.ts';

/** Over the entries, or steps, that the mask counts: mean of squared errors, or mean softmax cross-entropy. */
export type LossId = 'mean-squared-error' | 'cross-entropy';

/** Whether oddities of the published code are repeated or put right. */
export type Conventions = 'published' | 'corrected';

export type Batch = {
  readonly trials: number;
  readonly steps: number;
  /** trials × steps × inputs */
  readonly input: Tensor;
  /** squared error: trials × steps × outputs; cross-entropy: trials × steps, the right output's number from 0 */
  readonly target: Tensor;
  /** of the target's shape: 1 where it counts in the loss, else 0 */
  readonly mask: Tensor;
};

/** A task posed on a dataset: ready to give batches. */
export type Task = {
  readonly id: string;
  readonly dtMs: number;
  readonly inputLabels: readonly string[];
  readonly outputLabels: readonly string[];
  readonly loss: LossId;
  /** steps of a training trial */
  readonly steps: number;
  /** the only number of trials that a batch can have; absent: any */
  readonly fixedTrials?: number;
  /** trials with random timing, for training and for the test set; whoever gets the batch leaves it as it is */
  draw(random: NumpyRandom, trials: number): Batch;
  /** one trial per condition of the dataset, in its order; steps [start, stop) fall on the dataset's steps */
  readonly analysis: { readonly batch: Batch; readonly start: number; readonly stop: number };
};

export type TaskDefinition<Settings = unknown> = {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** what is taken for granted and not published, in words for the user; absent: nothing */
  readonly assumes?: string;
  readonly defaults: Settings;
  /** what networks are trained on; throws LabError `task.settings` */
  loss(this: void, settings: Settings): LossId;
  /** what can be set, for forms; absent: nothing */
  readonly settings?: TaskSettings;
  /**
   * What the task is posed on where nothing was recorded: its conditions and times, 0 neurons. Absent where it takes
   * its targets from a recording. Throws LabError `task.settings`.
   */
  protocol?(this: void, settings: Settings): Dataset;
  /**
   * Throws LabError `task.*` when the dataset lacks what the task needs or the settings do not fit. conventions: published
   * unless given, see docs/conventions.md.
   */
  pose(dataset: Dataset, settings: Settings, conventions?: Conventions): Task;
};
