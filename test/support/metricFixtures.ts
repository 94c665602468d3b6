/** What a result's name in the metric fixtures asks for, in this program's terms. */
import { crossConditionAverage, samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { portableLinearAlgebra } from '../../src/core/math/linear/linearAlgebra.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { canonicalPairs } from '../../src/core/metrics/canonicalCorrelation.ts';
import { byCondition, conditionsWhere, samplesOf } from '../../src/core/metrics/conditions.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import type { ComparisonMetric } from '../../src/core/metrics/metric.ts';
import { readMetricSettings } from '../../src/core/metrics/metricSettings.ts';
import { participationRatio } from '../../src/core/metrics/participationRatio.ts';

/** `value`, or `train` and `test`; a list has one entry per condition left out. */
export type Computed = Record<string, number[]>;

const rightAngle = Math.PI / 2;

/** Names of the fixtures; unit: what the published value is, where it is not the distance from 0 to 1. */
const families: Record<string, { id: string; published: (value: number) => number }> = {
  Williams2021: { id: 'procrustes', published: (value) => value * rightAngle },
  euclidean_Procrustes: { id: 'procrustesSize', published: (value) => value },
  CKA: { id: 'cka', published: (value) => 1 - value },
  metricCKA: { id: 'metricCka', published: (value) => value * rightAngle },
  CCA: { id: 'cca', published: (value) => value },
};

/** The metric and settings that a name asks for. Throws for a name that it cannot read. */
export function chosenBy(name: string): { metric: ComparisonMetric; settings: any; unit: (value: number) => number } {
  const parts = name.split('|');
  const family = parts.find((part) => part in families);
  if (!family) throw new Error(`The fixtures hold a kind of result that this test does not know: ${name}`);
  const metric = metrics.comparison(families[family].id);
  const published = parts[0].includes('distance_0to1') || parts[0].startsWith('baseline') ? null : families[family];
  return { metric, settings: settingsFrom(metric, parts), unit: published?.published ?? ((value) => value) };
}

/** x, y: units × steps × conditions. Throws for a name that it cannot read, so that none is passed over. */
export function compute(name: string, x: Tensor, y: Tensor): Computed {
  const parts = name.split('|');
  if (parts[0] === 'participation_ratio') {
    return { value: [participationRatio.measure(samplesByNeurons(parts[1] === 'X' ? x : y))] };
  }
  const { metric, settings, unit } = chosenBy(name);
  const last = parts.at(-1)!;
  const conditions = x.shape[2];
  const first = parts[0].startsWith('baseline') ? crossConditionAverage(y) : x;
  if (last.endsWith('_correlations')) return { value: correlations(last, x, y, settings) };
  if (last === 'train_test') return leaveOut(first, y, [conditions - 1], metric, settings, unit);
  if (parts[0].includes('crossvalidated')) {
    return leaveOut(first, y, [...Array(conditions).keys()], metric, settings, unit);
  }
  return { value: [unit(metric.compare(samplesByNeurons(first), samplesByNeurons(y), settings))] };
}

function settingsFrom(metric: ComparisonMetric, parts: readonly string[]): any {
  const given = new Map(parts.map((part) => part.split('=') as [string, string]));
  const values: Record<string, unknown> = {};
  const choose = metric.id === 'cca' ? 'keep' : 'reduce';
  const names = { n_PCs: 'components', variance: 'variance', n_CCs: 'pairs' };
  for (const [name, mine] of Object.entries(names)) {
    if (!given.has(name)) continue;
    values[choose] = mine;
    values[mine] = Number(given.get(name));
  }
  if (metric.id === 'procrustes') values['alpha'] = Number(given.get('alpha') ?? 1);
  return readMetricSettings(metric, values);
}

/** Fitted without the condition, scored on the others (`train`) and on it (`test`). */
function leaveOut(
  x: Tensor,
  y: Tensor,
  out: number[],
  metric: ComparisonMetric,
  settings: unknown,
  unit: (value: number) => number,
): Computed {
  const folds = out.map((condition) => {
    const [train, test] = split(x, y, condition);
    const fitted = metric.fit!(...train, settings);
    return { train: unit(fitted.score(...train)), test: unit(fitted.score(...test)) };
  });
  return { train: folds.map((f) => f.train), test: folds.map((f) => f.test) };
}

/** Of the pairs fitted to all conditions, or without the last one: there (`train_correlations`) or on it. */
function correlations(which: string, x: Tensor, y: Tensor, settings: any): number[] {
  const out = which.startsWith('all') ? x.shape[2] : x.shape[2] - 1;
  const [train, test] = split(x, y, out).map((pair) => pair.map(samplesOf));
  const pairs = canonicalPairs(train[0], train[1], settings, portableLinearAlgebra);
  const [a, b] = which.startsWith('test') ? test : train;
  return [...pairs.correlations(a, b)];
}

function split(x: Tensor, y: Tensor, out: number): [train: [Tensor, Tensor], test: [Tensor, Tensor]] {
  const [a, b] = [x, y].map((t) => byCondition(samplesByNeurons(t), t.shape[2]));
  return [
    [conditionsWhere(a, (c) => c !== out), conditionsWhere(b, (c) => c !== out)],
    [conditionsWhere(a, (c) => c === out), conditionsWhere(b, (c) => c === out)],
  ];
}
