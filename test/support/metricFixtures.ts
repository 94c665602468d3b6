/** What a result's name in the metric fixtures asks for, in this program's terms. */
import { crossConditionAverage, samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import type { SpaceSettings } from '../../src/core/metrics/activitySpace.ts';
import { participationRatio } from '../../src/core/metrics/participationRatio.ts';
import { alignProcrustes, procrustes } from '../../src/core/metrics/procrustes.ts';

/** `value`, or `train` and `test`; a list has one entry per condition left out. */
export type Computed = Record<string, number[]>;

const rightAngle = Math.PI / 2;

/** Families in the fixtures that no metric of this version computes. */
export function belongsToLaterWork(name: string): boolean {
  return !/(^|\|)Williams2021|^participation_ratio/.test(name);
}

/** x, y: units × steps × conditions. */
export function compute(name: string, x: Tensor, y: Tensor): Computed {
  const [family, ...parts] = name.split('|');
  if (family === 'participation_ratio') {
    return { value: [participationRatio.measure(samplesByNeurons(parts[0] === 'X' ? x : y))] };
  }
  const settings = settingsFrom(parts);
  const conditions = x.shape[2];
  switch (family) {
    case 'Williams2021': {
      if (parts.at(-1) === 'all') return { value: [compare(x, y, settings) * rightAngle] };
      return leaveOut(x, y, [conditions - 1], settings, rightAngle);
    }
    case 'distance_0to1':
      return { value: [compare(x, y, settings)] };
    case 'baseline':
      return { value: [compare(crossConditionAverage(y), y, settings)] };
    case 'crossvalidated_distance_0to1':
      return leaveOut(x, y, [...Array(conditions).keys()], settings, 1);
    case 'crossvalidated':
      return leaveOut(x, y, [...Array(conditions).keys()], settings, rightAngle);
    case 'baseline_crossvalidated':
      return leaveOut(crossConditionAverage(y), y, [...Array(conditions).keys()], settings, 1);
    default:
      throw new Error(`The fixtures hold a kind of result that this test does not know: ${name}`);
  }
}

function settingsFrom(parts: readonly string[]): SpaceSettings {
  const settings = new Map(parts.map((part) => part.split('=') as [string, string]));
  const [components, variance] = [settings.get('n_PCs'), settings.get('variance')];
  const reduction = components ? { components: Number(components) } : variance ? { variance: Number(variance) } : null;
  return { alpha: Number(settings.get('alpha') ?? 1), reduction };
}

function compare(x: Tensor, y: Tensor, settings: SpaceSettings): number {
  return procrustes.compare(samplesByNeurons(x), samplesByNeurons(y), settings);
}

/** Fitted without the condition, scored on the others (`train`) and on it (`test`). */
function leaveOut(x: Tensor, y: Tensor, conditions: number[], settings: SpaceSettings, unit: number): Computed {
  const folds = conditions.map((out) => {
    const [trainX, trainY] = [x, y].map((t) => samplesByNeurons(conditionsOf(t, (c) => c !== out))) as [Tensor, Tensor];
    const [testX, testY] = [x, y].map((t) => samplesByNeurons(conditionsOf(t, (c) => c === out))) as [Tensor, Tensor];
    const alignment = alignProcrustes(trainX, trainY, settings);
    return { train: unit * alignment.score(trainX, trainY), test: unit * alignment.score(testX, testY) };
  });
  return { train: folds.map((f) => f.train), test: folds.map((f) => f.test) };
}

function conditionsOf(t: Tensor, keep: (condition: number) => boolean): Tensor {
  const [units, steps, conditions] = t.shape as [number, number, number];
  const data = Float64Array.from(t.data).filter((_, i) => keep(i % conditions));
  return tensor([units, steps, data.length / (units * steps)], data);
}
