/** Reads files in threads of their own, which are ended where they take too much memory or time, or are no longer wanted. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Readers } from '../../app/ports.ts';
import type { Read } from '../../app/preparedDataset.ts';
import { readerLimits } from '../../core/data/formats/limits.ts';
import { LabError } from '../../core/errors.ts';
import type { Finding } from '../engines/candidates.ts';
import type { FoundEngines, ImportMessage, ImportWork } from './importWorker.ts';
import { workerEntry } from './messages.ts';
import { SpikeSessions } from './spikeSessions.ts';

/** idleSeconds: how long spikes stay open that nobody looks at */
export type ReaderLimits = { heapMb: number; stalledSeconds: number; idleSeconds?: number };

const idleSeconds = 600;

/** asToldOf: how the path of a file is shown and kept */
export function readersOf(
  asToldOf: (file: string) => string,
  limits: ReaderLimits = readerLimits,
  findings: () => Promise<readonly Finding[]> = () => Promise.resolve([]),
): Readers {
  const sessions = new SpikeSessions(limits.idleSeconds ?? idleSeconds);
  const readers: Readers = {
    read(job, tell = () => undefined) {
      const file = path.resolve(job.path);
      const work: ImportWork = { ...job, path: file, toldAs: asToldOf(file) };
      const worker = new Worker(workerEntry('importWorker'), {
        workerData: work,
        resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
      });
      let stop = (_: LabError): void => undefined;
      const result = new Promise<Read>((resolve, reject) => {
        stop = reject;
        const fail = (code: string, what: string): void => {
          reject(new LabError(code, `Reading "${work.toldAs}": ${what}`));
        };
        const stalled = (): void =>
          fail(
            'import.time',
            `it took more than ${limits.stalledSeconds} seconds without getting on. Cut the file, or save it in another format.`,
          );
        let timer = setTimeout(stalled, 1000 * limits.stalledSeconds);
        worker.on('message', (message: ImportMessage) => {
          clearTimeout(timer);
          if (message.kind === 'read') return resolve(message.read);
          if (message.kind === 'preview' || message.kind === 'previewFailed') return;
          if (message.kind === 'failed') return reject(new LabError(message.code, message.message));
          timer = setTimeout(stalled, 1000 * limits.stalledSeconds);
          if (message.kind === 'engines?') {
            const answer = (found: readonly Finding[]): void =>
              worker.postMessage({ findings: found } satisfies FoundEngines);
            return void findings().then(answer, () => answer([]));
          }
          tell({
            share: Math.min(1, message.read / message.size / 2),
            ...(message.files ? { files: message.files } : {}),
          }); // for its hash, then for its content
        });
        worker.on('error', (error: NodeJS.ErrnoException) => {
          const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
          if (memory) fail('import.memory', 'its content takes more memory than it may. Read a part of it.');
          else fail('import.crashed', `the thread that read it stopped (${error.message}).`);
        });
        worker.on('exit', () => {
          clearTimeout(timer);
          fail('import.crashed', 'the thread that read it ended early.');
        });
      }).then(
        (read) => {
          if (read.kind === 'spikes' && job.stayOpen) sessions.add(file, worker, read.spikes.suggestion);
          else void worker.terminate();
          return read;
        },
        (error: unknown) => {
          void worker.terminate();
          throw error;
        },
      );
      const cancel = (): void => stop(new LabError('import.cancelled', `Reading "${work.toldAs}": cancelled.`));
      return { result, cancel };
    },
    async previewRates(job) {
      const file = path.resolve(job.path);
      if (!sessions.has(file, job.rates)) {
        await readers.read({ path: job.path, as: job.rates, into: null, stayOpen: true }).result;
      }
      if (sessions.has(file, job.rates)) return sessions.ask(file, job);
      throw new LabError(
        'spikes.none',
        `Looking at the rates of "${asToldOf(file)}": expected spikes, found none. Import the file.`,
      );
    },
    closeSpikes(place) {
      if (place === undefined) sessions.closeAll();
      else sessions.close(path.resolve(place));
    },
  };
  return readers;
}
