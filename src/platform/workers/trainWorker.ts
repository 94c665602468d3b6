/** Worker thread: trains one run and tells about it. */
import { parentPort, workerData } from 'node:worker_threads';
import { readFileSync } from 'node:fs';
import { trainRun } from '../../app/trainRun.ts';
import type { TrainingJob, TrainingMessage } from '../../app/ports.ts';
import { decodeDataset } from '../../core/data/datasetFile.ts';
import type { UpdateReport } from '../../core/engines/engine.ts';
import { chooseEngine } from '../engines/index.ts';
import { openStore } from '../store/sqliteStore.ts';
import { readResumePoint, writeCheckpoint, writeResumePoint } from '../files/runFiles.ts';
import { asMessage, requested } from './messages.ts';
import { UpdateBuffer } from './updateBuffer.ts';

type Start = { job: TrainingJob; control: SharedArrayBuffer };

/** How often the curves are sent, and how often a point to resume from is stored, in ms. */
const sendEvery = 100;
const keepEvery = 30_000;

const { job, control } = workerData as Start;
const flag = new Int32Array(control);
const tell = (message: TrainingMessage): void => parentPort!.postMessage(message);

try {
  tell({ kind: 'ended', ...(await train()) });
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}

async function train(): ReturnType<typeof trainRun> {
  const store = openStore(job.storeFile);
  const buffer = new UpdateBuffer();
  const earlier = readResumePoint(job.runFolder);
  let sentAt = performance.now();
  let keptAt = sentAt;

  const send = (): void => {
    const now = performance.now();
    const made = buffer.length;
    if (made > 0) {
      const columns = buffer.take();
      store.updates.append(job.run, columns);
      store.runs.change(job.run, { update: columns.update[made - 1], mainLoss: columns.main[made - 1] });
      tell({ kind: 'updates', columns, secondsPerUpdate: (now - sentAt) / 1000 / made });
    }
    sentAt = now;
  };

  const outcome = await trainRun(job.spec, decodeDataset(readFileSync(job.datasetFile)), {
    chooseEngine: (setup) =>
      chooseEngine({ ...job.spec.engine, ...(earlier ? { engine: earlier.engine } : {}), threads: job.threads }, setup),
    resumePoint: () => earlier,
    started(engine, reason, fromUpdate) {
      tell({ kind: 'started', engine: { id: engine.id, description: engine.description, reason }, fromUpdate });
      sentAt = keptAt = performance.now();
    },
    updated(report: UpdateReport) {
      buffer.add(report);
      if (performance.now() - sentAt >= sendEvery) send();
    },
    save(checkpoint, resume) {
      send();
      const stored = writeCheckpoint(job.runFolder, checkpoint);
      store.checkpoints.add(job.run, stored);
      writeResumePoint(job.runFolder, resume);
      keptAt = performance.now();
      tell({ kind: 'checkpoint', checkpoint: stored });
    },
    keep(resume) {
      send();
      writeResumePoint(job.runFolder, resume);
      keptAt = performance.now();
    },
    shouldKeep: () => performance.now() - keptAt >= keepEvery,
    request: () => requested(flag),
  });
  send();
  store.close();
  return outcome;
}
