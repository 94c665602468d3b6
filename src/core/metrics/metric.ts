/** A number about activity or behaviour. One file per metric; each carries its own card. */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { Tensor } from '../math/tensor.ts';
import type { LossId } from '../tasks/task.ts';

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

/** Two sets of activity, samples × units each: the same samples in the same order; unit counts may differ. */
export type ComparisonMetric<Settings = unknown> = MetricCard & {
  readonly kind: 'comparison';
  readonly defaults: Settings;
  /** linear: who does the linear algebra, absent: portable code; the number is the same up to rounding */
  compare(x: Tensor, y: Tensor, settings?: Settings, linear?: LinearAlgebra): number;
};

/** One set of activity, samples × units. */
export type ActivityMetric = MetricCard & { readonly kind: 'activity'; measure(x: Tensor): number };

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
