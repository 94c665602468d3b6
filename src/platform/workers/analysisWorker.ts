/** Worker thread: computes the results of one run's checkpoints. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisJob, AnalysisMessage } from '../../app/ports.ts';
import { distanceOf, metricsOf } from '../../app/runMetrics.ts';
import { analysisSetup, analysisWiring, poseTask } from '../../app/trainingSetup.ts';
import { samplesByNeurons } from '../../core/analysis/activityMatrix.ts';
import { analyzeCheckpoint } from '../../core/analysis/analyzeCheckpoint.ts';
import { baselineId, baselineResult } from '../../core/analysis/datasetResults.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import { initialState } from '../../core/engines/state.ts';
import { NumpyRandom } from '../../core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../core/math/random/seeds.ts';
import type { Finding } from '../engines/candidates.ts';
import { chooseEngine } from '../engines/index.ts';
import { linearAlgebra } from '../engines/nativeLinear.ts';
import { readCheckpoint } from '../files/runFiles.ts';
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
  const { spec, runFolder, threads } = job;
  const dataset = decodeDataset(readFileSync(job.datasetFile));
  const task = poseTask(spec, dataset);
  const setup = analysisSetup(spec, task);
  const { engine } = await chooseEngine({ ...spec.engine, engine: job.engine, threads }, setup, findings);
  const recording = samplesByNeurons(dataset.activity);
  const linear = linearAlgebra(findings);
  const { testTrials } = spec.training;
  const testSet = testTrials > 0 ? task.draw(NumpyRandom.seeded(streamSeeds(spec.seed).testSet), testTrials) : null;

  for (const { checkpoint, metrics: wanted, keys } of job.items) {
    const { parameters, activityPenalty, wiring } = readCheckpoint(runFolder, checkpoint);
    const state = initialState(parameters, activityPenalty, engine.precision, analysisWiring(spec, wiring));
    const network = engine.open(setup, state);
    const results = analyzeCheckpoint({
      network,
      task,
      recording,
      metrics: metricsOf(spec).filter(({ id }) => wanted.includes(id)),
      testSet,
      linear,
    });
    network.close();
    if (keys[baselineId]) results.push(baselineResult(dataset, distanceOf(spec), linear));
    tell({
      kind: 'results',
      update: checkpoint.update,
      results: results.map((result) => ({ key: keys[result.id], result })),
    });
  }
}
