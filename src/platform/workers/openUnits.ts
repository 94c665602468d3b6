/** The files of a folder of units, each opened when it is its turn and let go after it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FileValue } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import { openFile } from '../../core/data/importDataset.ts';
import { LabError } from '../../core/errors.ts';
import { openFileSource } from '../files/fileSource.ts';
import type { OpenSource } from '../files/fileSource.ts';
import { formats } from '../formats/index.ts';

/** sha256: empty where it could not be opened; `read` tells why then */
export type OpenUnit = { file: string; sha256: string; read: () => FileValue };

/** The HDF5 library has to be loaded. Throws LabError `file.changed` for a file that changes meanwhile. */
export function* openUnits(
  folder: string,
  names: readonly string[],
  onRead: (bytes: number) => void,
): Generator<OpenUnit> {
  for (const file of names) {
    const source = opening(join(folder, file), onRead);
    if (source instanceof LabError) {
      yield { file, sha256: '', read: () => { throw source; } }; // prettier-ignore
      continue;
    }
    try {
      const sha256 = hashOf(source);
      yield { file, sha256, read: () => readUnit(source, file) };
      source.requireUnchanged();
    } finally {
      source.close();
    }
  }
}

function opening(file: string, onRead: (bytes: number) => void): OpenSource | LabError {
  try {
    return openFileSource(file, onRead);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

function readUnit(source: OpenSource, file: string): FileValue {
  return openFile(source, { path: file, sha256: '', bytes: source.size }, formats).value;
}

export function hashOf(source: OpenSource): string {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(Math.min(limits.chunk, source.size));
  for (let at = 0; at < source.size; at += chunk.length) {
    const piece = chunk.subarray(0, Math.min(chunk.length, source.size - at));
    source.fill(at, piece);
    hash.update(piece);
  }
  return hash.digest('hex');
}
