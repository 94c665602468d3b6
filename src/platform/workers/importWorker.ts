/** Worker thread: understands one file. Nothing that a file asks for happens outside of it. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadJob } from '../../app/ports.ts';
import { addBehaviour } from '../../core/data/addBehaviour.ts';
import { limits } from '../../core/data/formats/limits.ts';
import type { Imported } from '../../core/data/importDataset.ts';
import { importDataset } from '../../core/data/importDataset.ts';
import { openFileSource } from '../files/fileSource.ts';
import type { OpenSource } from '../files/fileSource.ts';
import { formatsFor } from '../formats/index.ts';
import { asMessage } from './messages.ts';

/** read: bytes so far, of the file's `size`; it is read for its hash too */
export type ImportMessage =
  | { kind: 'progress'; read: number; size: number }
  | { kind: 'read'; imported: Imported }
  | { kind: 'failed'; code: string; message: string };

export type ImportWork = ReadJob & { toldAs: string };

const work = workerData as ImportWork;
const tell = (message: ImportMessage): void => parentPort!.postMessage(message);

/** How often progress is told, ms. */
const tellEvery = 100;

try {
  tell({ kind: 'read', imported: await understand(work) });
} catch (error) {
  const { code, message } = asMessage(error);
  const short = `Reading "${work.toldAs}": there is not enough memory for its content. Read a part of it, or close other programs.`;
  tell({
    kind: 'failed',
    ...(code === 'memory.short' ? { code: 'import.memory', message: short } : { code, message }),
  });
}

async function understand({ path, mapping, into, toldAs }: ImportWork): Promise<Imported> {
  let read = 0;
  let toldAt = 0;
  const source: OpenSource = openFileSource(path, (bytes) => {
    read += bytes;
    if (performance.now() - toldAt < tellEvery) return;
    toldAt = performance.now();
    tell({ kind: 'progress', read, size: source.size });
  });
  try {
    const file = { path: toldAs, sha256: hashOf(source), bytes: source.size };
    const formats = await formatsFor(source);
    const imported = into
      ? addBehaviour(into, source, file, mapping, formats)
      : importDataset(source, file, mapping, formats);
    source.requireUnchanged();
    return imported;
  } catch (error) {
    source.requireUnchanged(); // a file that changes is read in vain, whatever was made of it
    throw error;
  } finally {
    source.close();
  }
}

function hashOf(source: OpenSource): string {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(Math.min(limits.chunk, source.size));
  for (let at = 0; at < source.size; at += chunk.length) {
    const piece = chunk.subarray(0, Math.min(chunk.length, source.size - at));
    source.fill(at, piece);
    hash.update(piece);
  }
  return hash.digest('hex');
}
