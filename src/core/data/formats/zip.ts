/**
 * Members of a ZIP archive, stored or deflated. Nothing is unpacked before its place, length and kind are checked, and
 * nothing is handed out whose length or checksum is wrong.
 * Source: PKWARE's APPNOTE.TXT 6.3.
 */
import { Inflate } from 'fflate';
import { LabError } from '../../errors.ts';
import { crc32 } from './crc32.ts';
import { findDirectory, readEntry } from './zipDirectory.ts';
import type { Entry } from './zipDirectory.ts';

export type ZipMember = { name: string; read(): Uint8Array };

/** Deflate cannot shrink by more than this; a member that claims more lies. */
const largestRatio = 1032;
/** bytes of all members together */
const largestContent = 2 ** 31 - 1;
/** Packed bytes are unpacked this many at a time, so that one that holds more than it says is caught early. */
const slice = 1 << 16;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** Whether an archive holds a member of such a name; false for what cannot be read, which its name then has to tell. */
export function hasMember(bytes: Uint8Array, named: (name: string) => boolean): boolean {
  try {
    return isZip(bytes) && zipMembers(bytes, '').some((member) => named(member.name));
  } catch {
    return false;
  }
}

/** In the order of the archive's directory. Throws LabError `format.zip`. */
export function zipMembers(bytes: Uint8Array, fileName: string): ZipMember[] {
  const fail = (what: string): never => {
    throw new LabError('format.zip', `Reading "${fileName}" (a ZIP archive): ${what}. Copy or save the file again.`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view, fail);
  const entries: Entry[] = [];
  for (let at = directory.start; entries.length < directory.count; at = entries.at(-1)!.next) {
    entries.push(readEntry(view, at, fail));
  }
  entries.forEach((entry) => requireHonest(entry, fail));
  requireApart(entries, fail);
  return entries.map((entry) => ({
    name: entry.name,
    read() {
      const packed = bytes.subarray(entry.start, entry.end);
      const content = entry.method === 0 ? packed : inflate(packed, entry.size);
      return content && crc32(content) === entry.checksum ? content : fail(`"${entry.name}" is damaged`);
    },
  }));
}

function requireHonest({ name, method, encrypted, start, end, size }: Entry, fail: (what: string) => never): void {
  if (encrypted) fail(`"${name}" is encrypted; only open members can be read`);
  if (method !== 0 && method !== 8) {
    fail(`"${name}" is packed by method ${method}; only stored and deflated members can be read`);
  }
  const packed = end - start;
  if (method === 8 ? size > packed * largestRatio : size !== packed) fail(`the size of "${name}" cannot be true`);
}

/** Members that share bytes could unpack to far more than the archive holds. */
function requireApart(entries: readonly Entry[], fail: (what: string) => never): void {
  const inOrder = entries.toSorted((a, b) => a.local - b.local);
  const shared = inOrder.find((entry, i) => i > 0 && entry.local < inOrder[i - 1].end);
  if (shared) fail(`"${shared.name}" overlaps another member`);
  if (entries.reduce((sum, { size }) => sum + size, 0) > largestContent) fail('it unpacks to more than 2 GiB');
}

/** The `size` bytes that deflated to `packed`, or null where it holds anything else. */
function inflate(packed: Uint8Array, size: number): Uint8Array | null {
  const content = new Uint8Array(size);
  let filled = 0;
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length <= size) content.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length && filled <= size; at += slice) {
      stream.push(packed.subarray(at, at + slice), at + slice >= packed.length);
    }
  } catch {
    return null;
  }
  return filled === size ? content : null;
}
