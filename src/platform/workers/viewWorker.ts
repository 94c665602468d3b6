/** Worker thread: describes a view of networks, which it opens as far as the view looks at their activity. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ViewJob, ViewMessage } from '../../app/ports.ts';
import { activityMatrix, samplesByNeurons } from '../../core/analysis/activityMatrix.ts';
import { distanceMatrix, findPairDistances } from '../../core/analysis/pairDistances.ts';
import { LabError } from '../../core/errors.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { views } from '../../core/figures/views/index.ts';
import type { EmbeddingView, NetworkView } from '../../core/figures/views/networkView.ts';
import type { Tensor } from '../../core/math/tensor.ts';
import { metrics } from '../../core/metrics/index.ts';
import { effectiveWeights } from '../../core/models/effectiveWeights.ts';
import type { Finding } from '../engines/candidates.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { readCheckpoint } from '../files/runFiles.ts';
import { checkpointNetworks } from './checkpointNetworks.ts';
import { asMessage } from './messages.ts';

const { job, findings } = workerData as { job: ViewJob; findings: readonly Finding[] };
const tell = (message: ViewMessage): void => parentPort!.postMessage(message);

/** Distances are told, and so kept, this often. */
const tellAfterMs = 500;
/** What activities may take in memory. */
const mostBytes = 2 ** 30;

try {
  const view = views.get(job.view);
  tell({ kind: 'figures', figures: view.kind === 'network' ? await ofNetwork(view) : await ofDistances(view) });
  tell({ kind: 'ended' });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

async function ofNetwork(view: NetworkView): Promise<Figure[]> {
  const [{ name, place, checkpoints }] = job.networks;
  const networks = await checkpointNetworks(place, 1, findings);
  const { dataset, task } = networks;
  const snapshots = checkpoints.map((checkpoint) => {
    const { parameters, wiring } = readCheckpoint(place.runFolder, checkpoint);
    const { units: rows, dale } = place.spec.model;
    return {
      ...name,
      update: checkpoint.update,
      recurrent: { rows, cols: rows, data: effectiveWeights({ dale }, wiring, parameters.Wrec.data) },
      forward: (input = task.analysis.batch.input) => networks.with(checkpoint, (network) => network.forward(input)),
    };
  });
  const { testSet } = networks;
  return view.describe({ snapshots, update: job.update, task, dataset, testSet, options: job.options });
}

async function ofDistances(view: EmbeddingView): Promise<Figure[]> {
  const metric = metrics.comparison(job.options.metric);
  const activities = await allActivities();
  let [pairs, toldAt, done] = [[] as { at: number; value: number }[], Date.now(), 0];
  const of = job.distances!.filter(Number.isNaN).length;
  const tellPairs = (): void => {
    tell({ kind: 'distances', pairs, done, of });
    [pairs, toldAt] = [[], Date.now()];
  };
  const found = findPairDistances(activities, job.distances!, metric, linearAlgebra(findings), (at, value) => {
    pairs.push({ at, value });
    done++;
    if (Date.now() - toldAt > tellAfterMs) tellPairs();
  });
  if (pairs.length > 0) tellPairs();
  return view.describe({
    points: job.networks.flatMap(({ name, checkpoints }) => checkpoints.map(({ update }) => ({ ...name, update }))),
    recorded: job.recorded,
    distances: distanceMatrix(found, activities.length),
    metricLabel: metric.label,
    options: job.options,
  });
}

/** Samples × units of each network in order, and of the recording at the end. Not looked at where all is known. */
async function allActivities(): Promise<Tensor[]> {
  const count = job.networks.reduce((sum, { checkpoints }) => sum + checkpoints.length, 0) + Number(job.recorded);
  if (!job.distances!.some(Number.isNaN)) return Array<Tensor>(count).fill({ shape: [0, 0], data: new Float64Array() });
  const activities: Tensor[] = [];
  let recording: Tensor | null = null;
  for (const { place, checkpoints } of job.networks) {
    const networks = await checkpointNetworks(place, 1, findings);
    const { dataset, task } = networks;
    recording ??= samplesByNeurons(dataset.activity);
    for (const checkpoint of checkpoints) {
      const { rates } = networks.with(checkpoint, (network) => network.forward(task.analysis.batch.input));
      activities.push(activityMatrix(rates, task.analysis));
      requireRoom(activities.at(-1)!, count);
    }
  }
  return job.recorded ? [...activities, recording!] : activities;
}

function requireRoom({ data }: Tensor, count: number): void {
  if (data.byteLength * count <= mostBytes) return;
  throw new LabError(
    'view.memory',
    `Embedding ${count} activities: at ${Math.round(data.byteLength / 1e6)} MB each they take more than ${Math.round(mostBytes / 1e6)} MB. Choose fewer runs or checkpoints.`,
  );
}
