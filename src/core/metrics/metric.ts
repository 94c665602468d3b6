/** A number about activity or behaviour. One file per metric; each carries its own card. */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { Tensor } from '../math/tensor.ts';
import type { LossId } from '../tasks/task.ts';
import type { TaskSettings } from '../tasks/settings.ts';

export type MetricCard = {
  readonly id: string;
  readonly label: string;
  /** empty for pure numbers */
  readonly unit: string;
  readonly range: readonly [number, number];
  readonly better: 'lower' | 'higher' | 'neither';
  /** one sentence: what the number means, and what it ignores */
  readonly meaning: string;
  readonly source: string;
};

/**
 * What may be done to a set of activity: another orthogonal basis of the units (turns and mirrors); any invertible linear
 * map of the units; one factor for all; a number of its own added to each unit; another order of the units.
 */
export const transformations = ['rotation', 'linear', 'scaling', 'shift', 'permutation'] as const;
export type Transformation = (typeof transformations)[number];

/** What besides the settings a comparison says of itself. The laws (test/laws) hold every metric to it. */
export type ComparisonCard = MetricCard & {
  /** what leaves the value as it is, with the default settings, done to the first or to the second set alone */
  readonly ignores: { readonly x: readonly Transformation[]; readonly y: readonly Transformation[] };
  /** whether x against y is y against x */
  readonly symmetric: boolean;
  /** whether the way from x to z is never longer than over y, with the default settings */
  readonly triangle: boolean;
  /** whether it matters which condition of the first set is which of the second */
  readonly matched: boolean;
  /** the value of activity against itself */
  readonly identity: number;
  /** one sentence: what is done to activity before it is compared */
  readonly preprocessing: string;
  /** one sentence: what the value is not, and when it misleads */
  readonly limits: string;
};

/**
 * Two sets of activity: the same samples in the same order; unit counts may differ. Each is conditions × steps × units, or
 * samples × units with sample = step + steps × condition (the same data). Metrics that have to tell conditions apart refuse
 * the second form (LabError `metric.conditions`), see byCondition.
 */
export type ComparisonMetric<Settings = unknown> = ComparisonCard & {
  readonly kind: 'comparison';
  /** described as data: forms, command line and checks are made from it, see readMetricSettings */
  readonly settings: TaskSettings;
  readonly defaults: Settings;
  /** linear: who does the linear algebra, absent: portable code; the number is the same up to rounding */
  compare(x: Tensor, y: Tensor, settings?: Settings, linear?: LinearAlgebra): number;
  /** learns all there is to learn (means, components, whitening, rotation, weights); absent: there is nothing to learn */
  fit?(x: Tensor, y: Tensor, settings?: Settings, linear?: LinearAlgebra): FittedComparison;
  /** shares between choices of units what they have in common; null: with these settings nothing; absent: never */
  onUnits?(x: Tensor, y: Tensor, settings: Settings, linear?: LinearAlgebra): UnitComparison | null;
};

/** The value for some units of each set, chosen again and again; the same as of these units alone, up to rounding. */
export type UnitComparison = (ofX: readonly number[], ofY: readonly number[]) => number;

/** A comparison learned on some samples, to be judged on others of the same units; these may fall out of its range. */
export type FittedComparison = { score(x: Tensor, y: Tensor): number };

/** One set of activity, samples × units. */
export type ActivityMetric = MetricCard & {
  readonly kind: 'activity';
  measure(x: Tensor, linear?: LinearAlgebra): number;
};

/** A readout (trials × steps × outputs) against target and mask, shaped as in `Batch`. */
export type PerformanceMetric = MetricCard & {
  readonly kind: 'performance';
  /** the loss of the tasks that it measures */
  readonly loss: LossId;
  /** its value as an accuracy, which is higher where the task is done better; label: what that is */
  readonly accuracy: { readonly label: string; from(value: number): number };
  /** the same number on trials with random timing, told apart from the one on the analysis trials */
  readonly onTestSet: { readonly id: string; readonly label: string };
  score(readout: Tensor, target: Tensor, mask: Tensor): number;
};

export type Metric = ComparisonMetric | ActivityMetric | PerformanceMetric;

/** The same for either set. */
export function ofBoth(list: readonly Transformation[]): ComparisonCard['ignores'] {
  return { x: list, y: list };
}
