/** Which results a run's checkpoints have already, by content, and which are to be computed. */
import { analysisKey, levelKey } from '../core/analysis/analysisKey.ts';
import { baselineId } from '../core/analysis/datasetResults.ts';
import type { Metric } from '../core/metrics/metric.ts';
import { analysisContent } from './analysisContent.ts';
import type { EngineUsed } from './contract.ts';
import type { AnalysisItem, Ports, ResultPlace, RunRow } from './ports.ts';
import { distanceOf, metricsOf } from './runMetrics.ts';

export function analysisItems(
  { id, spec, engine }: RunRow & { engine: EngineUsed },
  { store, machine }: Pick<Ports, 'store' | 'machine'>,
): { known: ResultPlace[]; missing: AnalysisItem[] } {
  const content = analysisContent({ spec, engine }, store);
  const { testTrials } = spec.training;
  const known: ResultPlace[] = [];
  const missing: AnalysisItem[] = [];
  const checkpoints = store.checkpoints.list(id);
  for (const checkpoint of checkpoints) {
    const item: AnalysisItem = { checkpoint, metrics: [], keys: {} };
    for (const metric of metricsOf(spec)) {
      const key = analysisKey({
        ...content(checkpoint),
        metric,
        testSet: testTrials > 0 && metric.kind === 'performance' ? { seed: spec.seed, trials: testTrials } : null,
      });
      const ids = resultIds(metric, testTrials > 0);
      const places = ids.map((result) => ({
        update: checkpoint.update,
        result,
        key: machine.sha256(`${result} ${key}`),
      }));
      if (store.results.known(places.map((p) => p.key)).size === places.length) known.push(...places);
      else {
        item.metrics.push(metric.id);
        for (const { result, key } of places) item.keys[result] = key;
      }
    }
    if (checkpoint === checkpoints[0]) {
      // the baseline belongs to the whole run; its first checkpoint carries it
      const { dataset } = content(checkpoint);
      const level = { id: baselineId, draws: null, seed: null };
      const key = machine.sha256(levelKey({ level, dataset, metric: distanceOf(spec) }));
      if (store.results.known([key]).size === 1) known.push({ update: checkpoint.update, result: baselineId, key });
      else item.keys[baselineId] = key;
    }
    if (Object.keys(item.keys).length > 0) missing.push(item);
  }
  return { known, missing };
}

function resultIds(metric: Metric, hasTestSet: boolean): string[] {
  return metric.kind === 'performance' && hasTestSet ? [metric.id, metric.onTestSet.id] : [metric.id];
}
