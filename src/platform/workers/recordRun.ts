/** What training keeps of one run, and what it tells of it. */
import type { RunPorts } from '../../app/runTraining.ts';
import type { AlignmentRow, Store, TrainingJob, TrainingMessage } from '../../app/ports.ts';
import { readResumePoint, writeCheckpoint, writeResumePoint } from '../files/runFiles.ts';
import { asMessage } from './messages.ts';
import { UpdateBuffer } from './updateBuffer.ts';

export type RecordOptions = {
  store: Store;
  tell: (message: TrainingMessage) => void;
  request: RunPorts['request'];
  /** how often the curve is stored and sent, ms */
  sendEvery: number;
};

/** How often a point to resume from is stored, ms. */
const keepEvery = 30_000;

export function recordRun(
  { run, runFolder }: TrainingJob['runs'][number],
  { store, tell, request, sendEvery }: RecordOptions,
): RunPorts {
  const buffer = new UpdateBuffer();
  let alignments: AlignmentRow[] = [];
  let sentAt = performance.now();
  let keptAt = sentAt;

  const send = (): void => {
    const now = performance.now();
    const made = buffer.length;
    if (alignments.length > 0) store.alignments.append(run, alignments);
    alignments = [];
    if (made > 0) {
      const columns = buffer.take();
      store.updates.append(run, columns);
      store.runs.change(run, { update: columns.update[made - 1], mainLoss: columns.main[made - 1] });
      tell({ kind: 'updates', run, columns, secondsPerUpdate: (now - sentAt) / 1000 / made });
    }
    sentAt = now;
  };

  return {
    resumePoint: () => readResumePoint(runFolder),
    started(engine, reason, fromUpdate) {
      const used = { id: engine.id, description: engine.description, reason };
      store.runs.change(run, { engine: used, update: fromUpdate });
      tell({ kind: 'started', run });
      sentAt = keptAt = performance.now();
    },
    aligned: (update, found) => void alignments.push(...found.map((alignment) => ({ update, ...alignment }))),
    updated(report) {
      buffer.add(report);
      if (performance.now() - sentAt >= sendEvery) send();
    },
    save(checkpoint, resume) {
      send();
      store.checkpoints.add(run, writeCheckpoint(runFolder, checkpoint));
      writeResumePoint(runFolder, resume);
      keptAt = performance.now();
      tell({ kind: 'checkpoint', run });
    },
    keep(resume) {
      send();
      writeResumePoint(runFolder, resume);
      keptAt = performance.now();
    },
    shouldKeep: () => performance.now() - keptAt >= keepEvery,
    request,
    stopped(outcome) {
      send();
      if (outcome.state === 'failed') {
        tell({ kind: 'stopped', run, state: 'failed', error: asMessage(outcome.error) });
      } else tell({ kind: 'stopped', run, state: outcome.state });
    },
  };
}
