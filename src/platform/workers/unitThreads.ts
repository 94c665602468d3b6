/** Files of a folder of units, averaged by several threads at once. */
import { Worker } from 'node:worker_threads';
import { readerLimits } from '../../core/data/formats/limits.ts';
import type { AveragedUnit } from '../../core/data/rawMante/averageUnit.ts';
import { LabError } from '../../core/errors.ts';
import { workerEntry } from './messages.ts';
import type { UnitMessage, UnitWork } from './unitWorker.ts';

export type AveragedFile = { file: string; sha256: string; unit: AveragedUnit };

/** In the order of `work.names`. told: bytes read of a file that is done. */
export async function averageInThreads(
  work: UnitWork,
  threads: number,
  told: (bytes: number) => void,
): Promise<AveragedFile[]> {
  const results: AveragedFile[] = [];
  const parts = Array.from({ length: threads }, (_, part) => {
    const places = work.names.flatMap((_name, place) => (place % threads === part ? [place] : []));
    return averagePart(work, places, (done, { sha256, unit, read }) => {
      results[places[done]] = { file: work.names[places[done]], sha256, unit };
      told(read);
    });
  });
  await Promise.all(parts);
  return results;
}

function averagePart(
  work: UnitWork,
  places: readonly number[],
  take: (done: number, message: Extract<UnitMessage, { kind: 'file' }>) => void,
): Promise<void> {
  const names = places.map((place) => work.names[place]);
  const worker = new Worker(workerEntry('unitWorker'), {
    workerData: { ...work, names } satisfies UnitWork,
    resourceLimits: { maxOldGenerationSizeMb: readerLimits.heapMb },
  });
  let done = 0;
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (message: UnitMessage) => {
      if (message.kind === 'failed') return reject(new LabError(message.code, message.message));
      take(done++, message);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const memory = `Reading the files of "${work.folder}": one takes more memory than it may. Take it out of the folder.`;
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new LabError('import.memory', memory) : error);
    });
    worker.on('exit', () => {
      if (done === names.length) resolve();
      else reject(new Error('A thread that read units ended early.'));
    });
  });
}
