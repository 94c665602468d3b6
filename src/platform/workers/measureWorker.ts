/** Worker thread: applies one measure to the checkpoints of a run, or to what a recording is compared with. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { MeasureJob, MeasureMessage } from '../../app/ports.ts';
import { measureLevel, measureNetwork } from '../../core/analysis/measureNetwork.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import type { Finding } from '../engines/candidates.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { checkpointNetworks } from './checkpointNetworks.ts';
import { asMessage } from './messages.ts';

const { job, findings } = workerData as { job: MeasureJob; findings: readonly Finding[] };
const tell = (message: MeasureMessage): void => parentPort!.postMessage(message);

try {
  await measure();
  tell({ kind: 'ended' });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

async function measure(): Promise<void> {
  const linear = linearAlgebra(findings);
  if (job.levels.length > 0) {
    const dataset = decodeDataset(readFileSync(job.datasetFile));
    for (const { level, key } of job.levels) {
      tell({ kind: 'results', results: [{ key, result: measureLevel(dataset, level, job.measure, linear) }] });
    }
  }
  if (!job.network) return;
  const networks = await checkpointNetworks(job.network, 1, findings);
  const { dataset, task } = networks;
  for (const { checkpoint, keys } of job.items) {
    const results = networks.with(checkpoint, (network) => measureNetwork(network, task, dataset, job.measure, linear));
    tell({ kind: 'results', results: Object.entries(keys).map(([part, key]) => ({ key, result: results[part] })) });
  }
}
