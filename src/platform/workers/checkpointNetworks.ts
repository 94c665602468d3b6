/** Opens the networks of a run's checkpoints to look at them. */
import { readFileSync } from 'node:fs';
import type { NetworkPlace, StoredCheckpoint } from '../../app/ports.ts';
import { analysisSetup, analysisWiring, poseTask } from '../../app/trainingSetup.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import type { Dataset } from '../../core/data/dataset.ts';
import type { Network } from '../../core/engines/engine.ts';
import { initialState } from '../../core/engines/state.ts';
import { NumpyRandom } from '../../core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../core/math/random/seeds.ts';
import type { Batch, Task } from '../../core/tasks/task.ts';
import type { Finding } from '../engines/candidates.ts';
import { chooseEngine } from '../engines/index.ts';
import { readCheckpoint } from '../files/runFiles.ts';

export type CheckpointNetworks = {
  readonly dataset: Dataset;
  readonly task: Task;
  /** the trials on which the run is tested, drawn from its seed; null where its plan has none */
  readonly testSet: () => Batch | null;
  /** Opens the network, which is closed when `look` returns. Throws LabError `checkpoint.damaged`. */
  with<T>(checkpoint: StoredCheckpoint, look: (network: Network) => T): T;
};

/** threads: of the engine; findings: what this computer has. */
export async function checkpointNetworks(
  { spec, engine: id, datasetFile, runFolder }: NetworkPlace,
  threads: number,
  findings: readonly Finding[],
): Promise<CheckpointNetworks> {
  const dataset = decodeDataset(readFileSync(datasetFile));
  const task = poseTask(spec, dataset);
  const setup = analysisSetup(spec, task);
  const { engine } = await chooseEngine({ ...spec.engine, engine: id, threads, purpose: 'analysis' }, setup, findings);
  return {
    dataset,
    task,
    testSet() {
      const { testTrials } = spec.training;
      return testTrials > 0 ? task.draw(NumpyRandom.seeded(streamSeeds(spec.seed).testSet), testTrials) : null;
    },
    with(checkpoint, look) {
      const { parameters, activityPenalty, wiring } = readCheckpoint(runFolder, checkpoint);
      const state = initialState(parameters, activityPenalty, engine.precision, analysisWiring(spec, wiring));
      const network = engine.open(setup, state);
      try {
        return look(network);
      } finally {
        network.close();
      }
    },
  };
}
