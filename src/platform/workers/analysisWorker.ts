/** Worker thread: computes the results of one run's checkpoints. */
import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisJob, AnalysisMessage } from '../../app/ports.ts';
import { distanceOf, metricsOf } from '../../app/runMetrics.ts';
import { samplesByNeurons } from '../../core/analysis/activityMatrix.ts';
import { analyzeCheckpoint } from '../../core/analysis/analyzeCheckpoint.ts';
import { baselineId, baselineResult } from '../../core/analysis/datasetResults.ts';
import type { Finding } from '../engines/candidates.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { checkpointNetworks } from './checkpointNetworks.ts';
import { asMessage } from './messages.ts';

const { job, findings } = workerData as { job: AnalysisJob; findings: readonly Finding[] };
const tell = (message: AnalysisMessage): void => parentPort!.postMessage(message);

try {
  await analyze();
  tell({ kind: 'ended' });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

async function analyze(): Promise<void> {
  const { spec } = job.network;
  const networks = await checkpointNetworks(job.network, job.threads, findings);
  const { dataset, task } = networks;
  const recording = samplesByNeurons(dataset.activity);
  const linear = linearAlgebra(findings);
  const testSet = networks.testSet();

  for (const { checkpoint, metrics: wanted, keys } of job.items) {
    const metrics = metricsOf(spec).filter(({ id }) => wanted.includes(id));
    const results = networks.with(checkpoint, (network) =>
      analyzeCheckpoint({ network, task, recording, metrics, testSet, linear }),
    );
    if (keys[baselineId]) results.push(baselineResult(dataset, distanceOf(spec), linear));
    tell({
      kind: 'results',
      update: checkpoint.update,
      results: results.map((result) => ({ key: keys[result.id], result })),
    });
  }
}
