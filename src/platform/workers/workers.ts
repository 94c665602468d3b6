/** Starts worker threads for training and analysis. */
import { Worker } from 'node:worker_threads';
import type { WorkerEnd, WorkerHandle, Workers } from '../../app/ports.ts';
import type { Finding } from '../engines/candidates.ts';
import { ask, asMessage, workerEntry } from './messages.ts';
import type { WorkerName } from './messages.ts';

/** findings: what this computer has, so that a worker opens the engine that it is to use and tries no other. */
export function workersOf(findings: () => Promise<readonly Finding[]>): Workers {
  return {
    train(job, listen) {
      const control = new SharedArrayBuffer(4 * job.runs.length);
      const flags = new Int32Array(control);
      const places = new Map(job.runs.map(({ run }, place) => [run, place]));
      return {
        ...start('trainWorker', { job, control }, findings(), listen),
        request: (run, what) => ask(flags, places.get(run)!, what),
      };
    },
    analyze: (job, listen) => start('analysisWorker', { job }, findings(), listen),
    measure: (job, listen) => start('measureWorker', { job }, findings(), listen),
    view: (job, listen) => start('viewWorker', { job }, findings(), listen),
    recording: (job, listen) => start('recordingWorker', { job }, findings(), listen),
  };
}

/** A worker that goes without a last message has failed. */
function start<Message extends { kind: string }>(
  name: WorkerName,
  data: object,
  findings: Promise<readonly Finding[]>,
  listen: (message: Message | WorkerEnd) => void,
): WorkerHandle {
  let worker: Worker | null = null;
  let over = false;
  const failed = (failure: { code: string; message: string }): void => {
    if (!over) listen({ kind: 'failed', ...failure });
    over = true;
  };
  const crashed = (message: string): void => failed({ code: 'worker.crashed', message });
  const begin = (known: readonly Finding[]): void => {
    if (over) return;
    worker = new Worker(workerEntry(name), { workerData: { ...data, findings: known } });
    worker.on('message', (message: Message) => {
      over = message.kind === 'ended' || message.kind === 'failed';
      listen(message);
    });
    worker.on('error', (error: Error) => crashed(`The worker thread stopped: ${error.message}`));
    worker.on('exit', (code) => crashed(`The worker thread ended early (exit code ${code}).`));
  };
  findings.then(begin).catch((error: unknown) => failed(asMessage(error)));
  return {
    async terminate() {
      over = true;
      await worker?.terminate();
    },
  };
}
