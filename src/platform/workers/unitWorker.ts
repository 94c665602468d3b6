/** Worker thread: averages some of the files of a folder of units, for the thread that imports the folder. */
import { parentPort, workerData } from 'node:worker_threads';
import { averageUnit } from '../../core/data/rawMante/averageUnit.ts';
import type { AveragedUnit, Sampling } from '../../core/data/rawMante/averageUnit.ts';
import type { UnitOptions } from '../../core/data/rawMante/options.ts';
import { loadLibrary } from '../formats/h5Module.ts';
import { asMessage } from './messages.ts';
import { openUnits } from './openUnits.ts';

export type UnitWork = { folder: string; names: readonly string[]; options: UnitOptions; sampling: Sampling };

/** In order of the names; read: bytes since the last message */
export type UnitMessage =
  | { kind: 'file'; read: number; sha256: string; unit: AveragedUnit }
  | { kind: 'failed'; code: string; message: string };

const { folder, names, options, sampling } = workerData as UnitWork;
const tell = (message: UnitMessage): void => parentPort!.postMessage(message);

try {
  await loadLibrary(); // for files of MATLAB 7.3 among them
  let read = 0;
  for (const { file, sha256, read: content } of openUnits(folder, names, (bytes) => (read += bytes))) {
    tell({ kind: 'file', sha256, unit: averageUnit(file, content, options, sampling), read });
    read = 0;
  }
} catch (error) {
  tell({ kind: 'failed', ...asMessage(error) });
}
