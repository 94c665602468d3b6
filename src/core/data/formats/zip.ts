/**
 * Members of a ZIP archive, stored or deflated. Nothing is unpacked before its place, length and kind are checked; what is
 * read to its end is checked against its length and checksum.
 * Source: PKWARE's APPNOTE.TXT 6.3.
 */
import { LabError } from '../../errors.ts';
import { Crc32 } from './crc32.ts';
import { InflateStream } from './inflateStream.ts';
import { largestRatio, limits } from './limits.ts';
import { asSource, headOf } from './source.ts';
import type { ByteSource } from './source.ts';
import { cutOff, streamOf } from './stream.ts';
import type { ByteStream } from './stream.ts';
import { readDirectory } from './zipDirectory.ts';
import type { Entry, Fail } from './zipDirectory.ts';

export type ZipMember = {
  name: string;
  /** bytes, unpacked */
  size: number;
  /** from its first byte on, as often as asked */
  begin: () => ByteStream;
  read: () => Uint8Array;
};

export function isZip(content: Uint8Array | ByteSource): boolean {
  const bytes = headOf(asSource(content), 4);
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** Whether an archive holds a member of such a name; false for what cannot be read, which its name then has to tell. */
export function hasMember(source: ByteSource, named: (name: string) => boolean): boolean {
  try {
    return isZip(source) && zipMembers(source, '').some((member) => named(member.name));
  } catch {
    return false;
  }
}

/** In the order of the archive's directory. Throws LabError `format.zip`. */
export function zipMembers(content: Uint8Array | ByteSource, fileName: string): ZipMember[] {
  const source = asSource(content);
  const fail: Fail = (what) => {
    throw new LabError('format.zip', `Reading "${fileName}" (a ZIP archive): ${what}. Copy or save the file again.`);
  };
  const entries = readDirectory(source, fail);
  entries.forEach((entry) => requireHonest(entry, fail));
  requireApart(entries, fail);
  return entries.map((entry) => {
    const begin = (): ByteStream => new MemberStream(source, entry, fail);
    return { name: entry.name, size: entry.size, begin, read: () => begin().take(entry.size) };
  });
}

function requireHonest({ name, method, encrypted, start, end, size }: Entry, fail: Fail): void {
  if (encrypted) fail(`"${name}" is encrypted; only open members can be read`);
  if (method !== 0 && method !== 8) {
    fail(`"${name}" is packed by method ${method}; only stored and deflated members can be read`);
  }
  const packed = end - start;
  if (method === 8 ? size > packed * largestRatio : size !== packed) fail(`the size of "${name}" cannot be true`);
}

/** Members that share bytes could unpack to far more than the archive holds. */
function requireApart(entries: readonly Entry[], fail: Fail): void {
  const inOrder = entries.toSorted((a, b) => a.local - b.local);
  const shared = inOrder.find((entry, i) => i > 0 && entry.local < inOrder[i - 1].end);
  if (shared) fail(`"${shared.name}" overlaps another member`);
  const packed = entries.filter(({ method }) => method !== 0);
  if (packed.reduce((sum, { size }) => sum + size, 0) > limits.bytes) {
    fail(`it unpacks to more than ${limits.bytes / 1024 ** 3} GiB`);
  }
}

/** A member's content, checked when its last byte has gone by; not where bytes were jumped over. */
class MemberStream implements ByteStream {
  readonly #entry: Entry;
  readonly #fail: Fail;
  readonly #crc = new Crc32();
  readonly #inflated: InflateStream | null;
  readonly #content: ByteStream;
  #jumped = false;

  constructor(source: ByteSource, entry: Entry, fail: Fail) {
    const { start, end, method } = entry;
    const packed = streamOf(source, start, end);
    this.#entry = entry;
    this.#fail = fail;
    this.#inflated = method === 0 ? null : new InflateStream(packed, this.#crc, () => this.#damaged());
    this.#content = this.#inflated ?? packed;
  }

  get position(): number {
    return this.#content.position;
  }
  get most(): number {
    return this.#entry.size - this.position;
  }
  fill(into: Uint8Array): void {
    this.#require(into.length, () => this.#content.fill(into));
    if (!this.#inflated) this.#crc.add(into);
    this.#check();
  }
  take(length: number): Uint8Array {
    const bytes = this.#require(length, () => this.#content.take(length));
    if (!this.#inflated) this.#crc.add(bytes);
    this.#check();
    return bytes;
  }
  skip(length: number): void {
    this.#require(length, () => this.#content.skip(length));
    this.#jumped ||= length > 0 && !this.#inflated;
    this.#check();
  }

  #require<T>(length: number, act: () => T): T {
    if (!(length >= 0 && length <= this.most)) cutOff(length, this.most);
    if (!this.#inflated) return act();
    try {
      return act();
    } catch (error) {
      if (error instanceof LabError && error.code === 'format.cutOff') this.#damaged(); // fewer bytes than it says
      throw error;
    }
  }
  #check(): void {
    if (this.most > 0 || this.#jumped) return;
    if (this.#inflated?.ends() === false || this.#crc.value !== this.#entry.checksum) this.#damaged();
  }
  #damaged(): never {
    return this.#fail(`"${this.#entry.name}" is damaged`);
  }
}
