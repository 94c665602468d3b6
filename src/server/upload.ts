/**
 * Files handed over by a browser, which does not say where they lie: kept under incoming/RANDOM/NAME in the workspace
 * until `dataset.import` has read them. Those of a folder come one by one and keep their places in it, as
 * incoming/RANDOM/FOLDER/NAME, until `model.import` has.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LabError } from '../core/errors.ts';

const dayMs = 24 * 60 * 60 * 1000;

export type Upload = {
  /** names the upload, so that more files can join it */
  id: string;
  /** the first part of its name below incoming/RANDOM: the file, or the folder that it belongs to */
  path: string;
};

/**
 * Streams to a file. name: the file's, or its path in a folder with slashes. joins: the id of an upload that this file
 * belongs to. Nothing of the upload is left behind when it breaks off or is too large.
 */
export async function receiveUpload(
  body: Readable,
  name: string,
  incoming: string,
  largestBytes: number,
  joins: string | null = null,
): Promise<Upload> {
  const id = joins ?? randomBytes(9).toString('base64url');
  if (!/^[\w-]{12}$/.test(id)) throw new LabError('file.upload', 'Handing over a file: there is no such upload.');
  const parts = name.split('/').map(safeName);
  const folder = path.join(incoming, id);
  const file = path.join(folder, ...parts);
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await pipeline(body, (source) => atMost(largestBytes, source as AsyncIterable<Buffer>), createWriteStream(file));
    return { id, path: path.join(folder, parts[0]) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Uploads that no import followed. Younger ones may belong to another host on the same workspace. */
export async function removeOldUploads(incoming: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(incoming)) {
    const folder = path.join(incoming, name);
    if (now - (await stat(folder)).mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}

async function* atMost(largest: number, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > largest) {
      throw new LabError(
        'file.large',
        `Handing over a file: at most ${(largest / 1024 ** 3).toFixed(1)} GiB can be imported. Average or cut the recording first.`,
      );
    }
    yield chunk;
  }
}

/** The last part of the name, with what no file system minds; the suffix tells formats apart. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!;
  // eslint-disable-next-line no-control-regex -- control characters are what is to go
  const plain = last.replace(/[\u0000-\u001f<>:"|?*]/g, '_').replace(/^\.+|[. ]+$/g, '');
  return plain.slice(-120) || 'recording';
}
