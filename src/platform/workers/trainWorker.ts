/** Worker thread: trains one run, or several side by side, and tells about each. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { TrainingJob, TrainingMessage } from '../../app/ports.ts';
import { trainRuns } from '../../app/trainRuns.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import type { Finding } from '../engines/candidates.ts';
import { chooseEngine } from '../engines/index.ts';
import { openStore } from '../store/sqliteStore.ts';
import { asMessage, requested } from './messages.ts';
import { recordRun } from './recordRun.ts';

type Start = { job: TrainingJob; control: SharedArrayBuffer; findings: readonly Finding[] };

const { job, control, findings } = workerData as Start;
const tell = (message: TrainingMessage): void => parentPort!.postMessage(message);

try {
  await train();
  tell({ kind: 'ended' });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

async function train(): Promise<void> {
  const store = openStore(job.storeFile);
  const flags = new Int32Array(control);
  const { runs, engine, threads } = job;
  // a lone run ten times a second, many at most once a second each: storing and sending must not cost training time
  const sendEvery = Math.min(1000, 100 * runs.length);
  await trainRuns(
    runs.map((run, place) => ({
      spec: run.spec,
      ports: recordRun(run, { store, tell, sendEvery, request: () => requested(flags, place) }),
    })),
    decodeDataset(readFileSync(job.datasetFile)),
    (setup) => chooseEngine({ ...runs[0].spec.engine, engine, threads }, setup, findings),
  );
  store.close();
}
