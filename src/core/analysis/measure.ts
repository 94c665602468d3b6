/** How activity is compared with a recording: a metric, its settings, and the protocol by which it is applied. */
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import type { Tensor } from '../math/tensor.ts';
import { metrics } from '../metrics/index.ts';
import type { ComparisonMetric, FittedComparison, UnitComparison } from '../metrics/metric.ts';
import { readMetricSettings } from '../metrics/metricSettings.ts';
import { unitsAt } from './unitSubsets.ts';

/** Plain JSON. */
export type Measure = {
  /** id of a comparison metric */
  readonly metric: string;
  /** settings of the metric; what is not given is at its default */
  readonly settings: Readonly<Record<string, unknown>>;
  /** id of a protocol, see `protocols/` */
  readonly protocol: string;
  /** how often whatever is drawn at random is drawn, and from which seed */
  readonly draws: number;
  readonly seed: number;
};

/** A metric with its settings. */
export type Comparer = {
  readonly metric: ComparisonMetric;
  /** with every setting */
  readonly settings: unknown;
  /** conditions × steps × units each, of the same conditions and steps */
  compare(x: Tensor, y: Tensor): number;
  /** the same for some units of each, chosen again and again */
  compareUnits(x: Tensor, y: Tensor): UnitComparison;
  /** null: the metric learns nothing */
  readonly fit: ((x: Tensor, y: Tensor) => FittedComparison) | null;
};

/** Throws LabError `metric.*` where there is no such metric, or it has no such settings. */
export function comparerOf(
  { metric: id, settings: given }: Pick<Measure, 'metric' | 'settings'>,
  linear?: LinearAlgebra,
): Comparer {
  const metric = metrics.comparison(id);
  const settings = readMetricSettings(metric, given);
  return {
    metric,
    settings,
    compare: (x, y) => metric.compare(x, y, settings, linear),
    compareUnits: (x, y) =>
      metric.onUnits?.(x, y, settings, linear) ??
      ((ofX, ofY) => metric.compare(unitsAt(x, ofX), unitsAt(y, ofY), settings, linear)),
    fit: metric.fit ? (x, y) => metric.fit!(x, y, settings, linear) : null,
  };
}
