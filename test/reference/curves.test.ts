/**
 * The whole path against the published learning curves: read the recording and a stored checkpoint, run the network on
 * the analysis trials, measure. Runs and updates are those whose checkpoints are there.
 */
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../src/app/runMetrics.ts';
import { samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { analyzeCheckpoint } from '../../src/core/analysis/analyzeCheckpoint.ts';
import { baselineId, datasetResults } from '../../src/core/analysis/datasetResults.ts';
import type { Result } from '../../src/core/analysis/result.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { contextDecision } from '../../src/core/tasks/contextDecision.ts';
import { reach } from '../../src/core/tasks/reach.ts';
import { manteRecording } from '../support/manteReference.ts';
import { openNetwork } from '../support/network.ts';
import { hatsopoulosDataset, publishedParameters } from '../support/reachReference.ts';
import { describeReference, hasReference, referenceJson, referenceList } from '../support/reference.ts';

type Curve = {
  update: number[];
  distance_Williams2021_0to1: number[];
  error: number[];
  participation_ratio: number[];
};
type Curves = {
  neural_data: { participation_ratio: number; cross_condition_average_baseline_Williams2021_0to1: number };
  curves: Record<string, Curve>;
};

const published = hasReference ? referenceJson<Curves>('fixtures', 'curves', 'hatsopoulos2007.json') : null;

/** [run, index into its curve, update] for each checkpoint file of a run that has a curve */
function storedIn(curves: Curves | null): [string, number, number][] {
  return Object.entries(curves?.curves ?? {}).flatMap(([run, { update }]) => {
    const files = new Set(referenceList('checkpoints', run));
    return update.flatMap((u, i) =>
      files.has(`model_parameter_update${u}.pth`) ? [[run, i, u] as [string, number, number]] : [],
    );
  });
}
const stored = storedIn(published);

const valueOf = (results: Result[], id: string) => results.find((r) => r.id === id)?.value ?? NaN;

describeReference('the published learning curves of the reaching task', () => {
  it('have checkpoints to compare with', () => {
    expect(stored.length).toBeGreaterThanOrEqual(20);
  });

  it('start from the same recording: dimensionality and baseline agree', () => {
    const results = datasetResults(hatsopoulosDataset());
    const { participation_ratio, cross_condition_average_baseline_Williams2021_0to1: baseline } =
      published!.neural_data;
    expect(Math.abs(valueOf(results, 'participationRatio') - participation_ratio)).toBeLessThan(1e-5);
    expect(Math.abs(valueOf(results, baselineId) - baseline)).toBeLessThan(1e-8);
  });

  describe('come out again', () => {
    it.each(stored)('for %s (entry %i) at update %i', (run, i, update) => {
      const dataset = hatsopoulosDataset();
      const results = analyzeCheckpoint({
        network: openNetwork(bptt, publishedParameters(run, update), { activation: 'retanh', alpha: 0.1 }),
        task: reach.pose(dataset, {}),
        recording: samplesByNeurons(dataset.activity),
        metrics: metrics.all,
        testSet: null,
      });
      const curve = published!.curves[run];
      expect(Math.abs(valueOf(results, 'procrustes') - curve.distance_Williams2021_0to1[i])).toBeLessThan(1e-5);
      expect(Math.abs(valueOf(results, 'participationRatio') - curve.participation_ratio[i])).toBeLessThan(1e-5);
      expect(Math.abs(valueOf(results, 'normalizedError') / curve.error[i] - 1)).toBeLessThan(1e-4);
    });
  });
});

const decisions = hasReference ? referenceJson<Curves>('fixtures', 'curves', 'mante13_N200_vs_synthetic.json') : null;

describeReference('the published learning curves of the decision, against synthetic activity', () => {
  const kept = storedIn(decisions);

  it('have checkpoints to compare with', () => expect(kept).toHaveLength(20));

  it('start from the same activity', () => {
    const results = datasetResults(manteRecording());
    const { participation_ratio, cross_condition_average_baseline_Williams2021_0to1: baseline } =
      decisions!.neural_data;
    expect(Math.abs(valueOf(results, 'participationRatio') - participation_ratio)).toBeLessThan(1e-5);
    expect(Math.abs(valueOf(results, baselineId) - baseline)).toBeLessThan(1e-8);
  });

  it.each(kept)('come out again for %s (entry %i) at update %i', (run, i, update) => {
    const dataset = manteRecording();
    const results = analyzeCheckpoint({
      network: openNetwork(bptt, publishedParameters(run, update), { activation: 'retanh', alpha: 0.1 }),
      task: contextDecision.pose(dataset, {}),
      recording: samplesByNeurons(dataset.activity),
      metrics: metricsOf({ task: { id: contextDecision.id, settings: {} }, analysis: { alpha: 1 } }),
      testSet: null,
    });
    const curve = decisions!.curves[run];
    expect(Math.abs(valueOf(results, 'procrustes') - curve.distance_Williams2021_0to1[i])).toBeLessThan(1e-5);
    expect(Math.abs(valueOf(results, 'participationRatio') - curve.participation_ratio[i])).toBeLessThan(1e-5);
    expect(Math.abs(valueOf(results, 'crossEntropy') / curve.error[i] - 1)).toBeLessThan(1e-4);
  });
});
