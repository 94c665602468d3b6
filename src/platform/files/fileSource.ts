/** A file on disk as a source of bytes, opened once and watched: it has to stay the same until it is closed. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { readerLimits } from '../../core/data/formats/limits.ts';
import { requireThere } from '../../core/data/formats/source.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import { LabError } from '../../core/errors.ts';
import { fromSystem, requireReadable, requireSame } from './userFile.ts';

const pageBytes = 2 ** 16;
/** Pages that are kept: what describes a file is read in small pieces, again and again. */
const mostPages = 64;

export type OpenSource = ByteSource & {
  /** absolute */
  readonly path: string;
  /** Throws LabError `file.changed` where the file is no longer the one that was opened. */
  requireUnchanged(): void;
  close(): void;
};

/** Throws LabError `file.*`. onRead: told how many bytes were read from the disk. */
export function openFileSource(file: string, onRead: (bytes: number) => void = () => undefined): OpenSource {
  const full = path.resolve(file);
  const said = `Reading "${full}"`;
  try {
    requireReadable(statSync(full), said, readerLimits.file); // before it is opened, for a pipe would wait
    const handle = openSync(full, 'r');
    try {
      const before = fstatSync(handle);
      requireReadable(before, said, readerLimits.file);
      return sourceOn(handle, before, { full, said, onRead });
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  } catch (error) {
    throw error instanceof LabError ? error : fromSystem(error as NodeJS.ErrnoException, said);
  }
}

type Told = { full: string; said: string; onRead: (bytes: number) => void };

function sourceOn(handle: number, before: Stats, { full, said, onRead }: Told): OpenSource {
  const { size } = before;
  const pages = new Map<number, Uint8Array>();

  const fromDisk = (offset: number, into: Uint8Array): void => {
    for (let done = 0; done < into.length;) {
      const count = readSync(handle, into, done, Math.min(into.length - done, 2 ** 30), offset + done);
      if (count === 0) requireSame(before, fstatSync(handle), said); // it was cut off meanwhile
      if (count === 0) requireThere(offset + done, offset, into.length);
      done += count;
      onRead(count);
    }
  };
  const pageAt = (start: number): Uint8Array => {
    const known = pages.get(start);
    if (known) return known;
    const page = new Uint8Array(Math.min(pageBytes, size - start));
    fromDisk(start, page);
    if (pages.size >= mostPages) pages.delete(pages.keys().next().value!);
    pages.set(start, page);
    return page;
  };
  const fill = (offset: number, into: Uint8Array): void => {
    requireThere(size, offset, into.length);
    if (into.length > pageBytes / 2) return fromDisk(offset, into);
    for (let done = 0; done < into.length;) {
      const at = offset + done;
      const start = at - (at % pageBytes);
      const piece = pageAt(start).subarray(at - start, at - start + into.length - done);
      into.set(piece, done);
      done += piece.length;
    }
  };
  return {
    path: full,
    size,
    fill,
    read(offset, length) {
      requireThere(size, offset, length);
      const bytes = new Uint8Array(length);
      fill(offset, bytes);
      return bytes;
    },
    requireUnchanged: () => requireSame(before, fstatSync(handle), said),
    close: () => closeSync(handle),
  };
}
