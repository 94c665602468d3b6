/**
 * The numbers of one checkpoint: how alike its activity and the recording are, and how well it does the task.
 *
 * The network runs without noise on the task's analysis batch, one trial per condition of the recording. Activity is
 * compared in the steps that fall on the recording's; performance is scored over the whole trial, and again on the
 * test set where there is one.
 */
import type { Network } from '../engines/engine.ts';
import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { tensor, zeros } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Batch, Task } from '../tasks/task.ts';
import { activityMatrix, requireRecorded } from './activityMatrix.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';

export type CheckpointAnalysis = {
  readonly network: Pick<Network, 'forward' | 'readout'>;
  readonly task: Pick<Task, 'analysis'>;
  /** the recording: samples × neurons, see samplesByNeurons; 0 neurons where nothing was recorded */
  readonly recording: Tensor;
  readonly metrics: readonly Metric[];
  /** trials with random timing, or null */
  readonly testSet: Batch | null;
  /** absent: portable code */
  readonly linear?: LinearAlgebra | undefined;
};

/** Trials sent through the network at once, which bounds the memory that a large test set takes. */
const trialsPerPass = 100;

export function analyzeCheckpoint(analysis: CheckpointAnalysis): Result[] {
  const { network, task, recording, metrics, testSet, linear } = analysis;
  const { batch } = task.analysis;
  const { rates, readout } = network.forward(batch.input);
  const activity = activityMatrix(rates, task.analysis);
  const testReadout = testSet && metrics.some((m) => m.kind === 'performance') && readoutOf(network, testSet);

  return metrics.flatMap((metric) => {
    switch (metric.kind) {
      case 'comparison':
        return [
          resultOf(metric.id, metric.id, metric.defaults, () => {
            requireRecorded(recording);
            return metric.compare(activity, recording, metric.defaults, linear);
          }),
        ];
      case 'activity':
        return [resultOf(metric.id, metric.id, null, () => metric.measure(activity, linear))];
      case 'performance': {
        const onAnalysis = resultOf(metric.id, metric.id, null, () => metric.score(readout, batch.target, batch.mask));
        if (!testSet || !testReadout) return [onAnalysis];
        const score = () => metric.score(testReadout, testSet.target, testSet.mask);
        return [onAnalysis, resultOf(metric.onTestSet.id, metric.id, null, score)];
      }
    }
  });
}

/** trials × steps × outputs */
function readoutOf(network: Pick<Network, 'readout'>, { input, trials, steps }: Batch): Tensor {
  const perTrial = input.data.length / trials;
  let out: Tensor | null = null;
  for (let from = 0; from < trials; from += trialsPerPass) {
    const count = Math.min(trialsPerPass, trials - from);
    const part = input.data.subarray(from * perTrial, (from + count) * perTrial);
    const readout = network.readout(tensor([count, steps, input.shape[2]], part));
    out ??= zeros([trials, steps, readout.shape[2]]);
    out.data.set(readout.data, from * steps * readout.shape[2]);
  }
  return out ?? zeros([0, steps, 0]);
}
