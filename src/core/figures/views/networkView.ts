/** Views of trained networks: what they are made from, and what can be chosen. One file per view. */
import type { EmbeddingId } from '../../analysis/embedding/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Forward } from '../../engines/engine.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Batch, Task } from '../../tasks/task.ts';
import type { Figure } from '../figure.ts';

/** The run that a network belongs to, as figures name it. */
export type RunName = {
  readonly run: string;
  /** runs of one group share a colour: all that differ in their seeds alone */
  readonly group: string;
  readonly groupLabel: string;
  /** place of that colour in the palette */
  readonly color: number;
  readonly seed: number;
};

/** A network after so many updates. */
export type Snapshot = RunName & {
  readonly update: number;
  /** N × N: the recurrent weights that act, see effectiveWeights.ts */
  readonly recurrent: Matrix;
  /** runs the network without noise on these trials (trials × steps × inputs); absent: one per condition */
  forward(input?: Tensor): Forward;
};

export type ViewOptions = {
  /** units to trace, from 0 */
  readonly units: readonly number[];
  /** conditions to show, from 0; none: all, or a choice where they are many */
  readonly conditions: readonly number[];
  /** trials of the run's test set to show, from 0; none: one trial per condition */
  readonly testTrials: readonly number[];
  /** components of a kind to show over time */
  readonly components: number;
  /** checkpoints of each run, spread over its training */
  readonly checkpoints: number;
  readonly embedding: EmbeddingId;
  /** id of the metric whose distances are embedded */
  readonly metric: string;
  /** of what an embedding leaves to chance */
  readonly seed: number;
};

export const defaultViewOptions: ViewOptions = {
  units: [0, 1, 2, 3, 4, 5],
  conditions: [],
  testTrials: [],
  components: 3,
  checkpoints: 0,
  embedding: 'mds',
  metric: 'procrustes',
  seed: 0,
};

type Card = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** which of the options it reads */
  readonly options: readonly (keyof ViewOptions)[];
  /** which checkpoints it needs, of the updates stored and the one chosen, all in order */
  updates(this: void, stored: readonly number[], chosen: number, options: ViewOptions): readonly number[];
};

/** Of one run. */
export type NetworkView = Card & {
  readonly kind: 'network';
  describe(input: ViewInput): Figure[];
};

export type ViewInput = {
  /** of the updates asked for, in order */
  readonly snapshots: readonly Snapshot[];
  /** the update chosen, one of those */
  readonly update: number;
  readonly task: Pick<Task, 'analysis' | 'dtMs' | 'outputLabels' | 'loss'>;
  readonly dataset: Dataset;
  /** the trials on which the run is tested, as they were drawn; null where its plan has none */
  testSet(): Batch | null;
  readonly options: ViewOptions;
};

/** Of any number of runs and the recording, by the distances between their activities. */
export type EmbeddingView = Card & {
  readonly kind: 'embedding';
  describe(input: EmbeddingInput): Figure[];
};

export type EmbeddingInput = {
  /** in the order of the distances; the updates of a run stand together, in order */
  readonly points: readonly (RunName & { readonly update: number })[];
  /** true: the recording is the last row and column of the distances */
  readonly recorded: boolean;
  /** n × n */
  readonly distances: Matrix;
  readonly metricLabel: string;
  readonly options: ViewOptions;
};

export type View = NetworkView | EmbeddingView;

/** The checkpoint chosen alone. */
export const chosenOnly = (_stored: readonly number[], chosen: number): readonly number[] => [chosen];

/** So many of the updates, the first and the last among them, evenly over training as far as those stored allow. */
export function spread(stored: readonly number[], count: number): number[] {
  if (stored.length <= count) return [...stored];
  const last = stored.at(-1)!;
  const first = stored[0];
  const wanted = Array.from({ length: count }, (_, k) => first + ((last - first) * k) / Math.max(1, count - 1));
  const nearest = wanted.map((at) => stored.reduce((best, u) => (Math.abs(u - at) < Math.abs(best - at) ? u : best)));
  return [...new Set(nearest)];
}

/** "BPTT, seed 1, update 500" */
export function nameOf({ groupLabel, seed, update }: Pick<Snapshot, 'groupLabel' | 'seed' | 'update'>): string {
  return `${groupLabel}, seed ${seed}, update ${update}`;
}
