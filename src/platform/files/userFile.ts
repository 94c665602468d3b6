/** Reads a file that a user named, with every way it can go wrong said in words. */
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../core/errors.ts';

/** Of files that are read whole; recordings, which need not be, are read by `fileSource.ts`. */
const largestWhole = 2 * 1024 ** 3 - 1;

export async function readUserFile(file: string): Promise<{ bytes: Uint8Array; sha256: string; path: string }> {
  const full = path.resolve(file);
  const said = `Reading "${full}"`;
  try {
    const handle = await open(full, 'r');
    try {
      const before = await handle.stat();
      requireReadable(before, said, largestWhole);
      const bytes = await handle.readFile();
      requireSame(before, await handle.stat(), said, bytes.length);
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), path: full };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof LabError ? error : fromSystem(error as NodeJS.ErrnoException, said);
  }
}

/** Throws LabError `file.*` for what is no file, is empty, or holds more than `largest` bytes. */
export function requireReadable(file: Stats, said: string, largest: number): void {
  if (file.isDirectory()) {
    throw new LabError('file.directory', `${said}: expected a file, found a folder. Choose a file inside it.`);
  }
  if (!file.isFile()) throw new LabError('file.kind', `${said}: expected a regular file. Choose another one.`);
  if (file.size === 0) throw new LabError('file.empty', `${said}: the file is empty (0 bytes). Save or copy it again.`);
  if (file.size <= largest) return;
  const gibibytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1);
  throw new LabError(
    'file.large',
    `${said}: it holds ${gibibytes(file.size)} GiB; at most ${gibibytes(largest)} GiB can be imported. Average or cut the recording first.`,
  );
}

/** Throws LabError `file.changed` where a file was changed or deleted since; read: how many bytes of it were read. */
export function requireSame(before: Stats, after: Stats, said: string, read = before.size): void {
  const changed = read !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs;
  if (!changed && after.nlink > 0) return;
  throw new LabError(
    'file.changed',
    `${said}: the file ${after.nlink === 0 ? 'was deleted' : 'changed'} while it was read. Import it again when it is there and complete.`,
  );
}

/** Names of files and folders in a folder, in order; hidden ones are left out. */
export async function listUserFolder(folder: string): Promise<{ path: string; files: string[]; folders: string[] }> {
  const full = path.resolve(folder);
  try {
    const entries = (await readdir(full, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    const names = (wanted: (entry: (typeof entries)[number]) => boolean): string[] =>
      entries
        .filter(wanted)
        .map(({ name }) => name)
        .sort();
    return { path: full, files: names((e) => !e.isDirectory()), folders: names((e) => e.isDirectory()) };
  } catch (error) {
    throw fromSystem(error as NodeJS.ErrnoException, `Reading the folder "${full}"`);
  }
}

/** What the system says of a file, in words. */
export function fromSystem(error: NodeJS.ErrnoException, said: string): LabError {
  switch (error.code) {
    case 'ENOENT':
      return new LabError('file.missing', `${said}: there is no such file. Check the path, or whether it was moved.`);
    case 'EACCES':
    case 'EPERM':
      return new LabError(
        'file.permission',
        `${said}: the system does not let this program read it. Check its permissions.`,
      );
    case 'ENOTDIR':
      return new LabError('file.directory', `${said}: expected a folder, found a file. Choose the folder it is in.`);
    case 'EISDIR':
      return new LabError('file.directory', `${said}: expected a file, found a folder. Choose a file inside it.`);
    default:
      return new LabError(
        'file.unreadable',
        `${said}: ${error.message}. Check that the disk is there, then try again.`,
        {
          cause: error,
        },
      );
  }
}
