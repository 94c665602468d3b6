/** Starts worker threads for training and analysis. */
import { Worker } from 'node:worker_threads';
import type { AnalysisMessage, TrainingMessage, WorkerHandle, Workers } from '../../app/ports.ts';
import { ask } from './messages.ts';

/** From source a worker is a .ts file; in the packaged program, a bundle beside the main one. */
function entry(name: 'trainWorker' | 'analysisWorker'): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? `./${name}.ts` : `./${name}.mjs`, import.meta.url);
}

function start<Message extends { kind: string }>(
  name: 'trainWorker' | 'analysisWorker',
  job: unknown,
  listen: (message: Message | { kind: 'failed'; code: string; message: string }) => void,
): WorkerHandle {
  const control = new SharedArrayBuffer(4);
  const flag = new Int32Array(control);
  const worker = new Worker(entry(name), { workerData: { job, control } });
  let over = false;
  worker.on('message', (message: Message) => {
    over = message.kind === 'ended' || message.kind === 'failed';
    listen(message);
  });
  worker.on('error', (error: Error) => {
    if (!over)
      listen({ kind: 'failed', code: 'worker.crashed', message: `The worker thread stopped: ${error.message}` });
    over = true;
  });
  worker.on('exit', (code) => {
    if (!over)
      listen({ kind: 'failed', code: 'worker.crashed', message: `The worker thread ended early (exit code ${code}).` });
    over = true;
  });
  return {
    request: (what) => ask(flag, what),
    async terminate() {
      over = true;
      await worker.terminate();
    },
  };
}

export const workers: Workers = {
  train: (job, listen) => start<TrainingMessage>('trainWorker', job, listen),
  analyze: (job, listen) => start<AnalysisMessage>('analysisWorker', job, listen),
};
