/** A file handed over by the browser, which does not tell where it lies: kept until it is imported. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { largestFile } from '../platform/files/userFile.ts';

export type Upload = { path: string };

/** Keeps the file's own name in a folder of its own. What breaks off or is too large is removed. */
export async function receiveUpload(request: IncomingMessage, name: string, incoming: string): Promise<Upload> {
  const folder = path.join(incoming, randomBytes(8).toString('hex'));
  const file = path.join(folder, safeName(name));
  await mkdir(folder, { recursive: true });
  try {
    await pipeline(request, limitTo(largestFile), createWriteStream(file, { flags: 'wx' }));
    return { path: file };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The last part of the name, without what a file system may take for something else. */
function safeName(name: string): string {
  const last = name
    .split(/[\\/]/)
    .at(-1)!
    .replace(/[\0-\x1f<>:"|?*]/g, '_')
    .slice(-200);
  return /^\.*$/.test(last) ? 'upload' : last;
}

function limitTo(largest: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > largest) done(new Error(`more than ${largest} bytes`));
      else done(null, chunk);
    },
  });
}
