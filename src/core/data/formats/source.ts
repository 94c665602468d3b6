/** Bytes at any place of a file: a file on disk (`platform/files`), bytes in memory, a part of either. */
import { LabError } from '../../errors.ts';

export type ByteSource = {
  /** bytes */
  readonly size: number;
  /** Fills `into` with the bytes from `offset` on. Throws LabError `format.cutOff` where there are not as many. */
  fill(offset: number, into: Uint8Array): void;
  /** Bytes not to be changed; memory is taken for `length` bytes at most, and only where there are as many. */
  read(offset: number, length: number): Uint8Array;
};

export const isSource = (content: Uint8Array | ByteSource): content is ByteSource => !(content instanceof Uint8Array);

export function asSource(content: Uint8Array | ByteSource): ByteSource {
  if (isSource(content)) return content;
  return {
    size: content.length,
    fill(offset, into) {
      requireThere(content.length, offset, into.length);
      into.set(content.subarray(offset, offset + into.length));
    },
    read(offset, length) {
      requireThere(content.length, offset, length);
      return content.subarray(offset, offset + length);
    },
  };
}

/** The bytes [start, end) as a source of their own. */
export function partOf(source: ByteSource, start: number, end: number): ByteSource {
  requireThere(source.size, start, end - start);
  const size = end - start;
  return {
    size,
    fill(offset, into) {
      requireThere(size, offset, into.length);
      source.fill(start + offset, into);
    },
    read(offset, length) {
      requireThere(size, offset, length);
      return source.read(start + offset, length);
    },
  };
}

/** As many of the first bytes as there are, at most `length`. */
export const headOf = (source: ByteSource, length: number): Uint8Array => source.read(0, Math.min(length, source.size));

export function requireThere(size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return;
  throw new LabError(
    'format.cutOff',
    `Reading bytes ${offset} to ${offset + length} of ${size}, which end before. Copy or save the file again.`,
  );
}
