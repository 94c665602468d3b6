/** Bytes from first to last: those of a source, or what they unpack to, of which nobody has to hold the whole. */
import { LabError } from '../../errors.ts';
import type { ByteSource } from './source.ts';

export type ByteStream = {
  /** bytes read or skipped so far */
  readonly position: number;
  /** no more than so many follow; exactly as many where nothing is packed */
  readonly most: number;
  /** Throws LabError `format.cutOff` where fewer bytes follow; so do `take` and `skip`. */
  fill(into: Uint8Array): void;
  /** Bytes not to be changed; no memory is taken for what cannot be there. */
  take(length: number): Uint8Array;
  skip(length: number): void;
};

export function streamOf(source: ByteSource, start = 0, end = source.size): ByteStream {
  let at = start;
  const advance = (length: number): number => {
    if (!(length >= 0 && at + length <= end)) cutOff(length, end - at);
    at += length;
    return at - length;
  };
  return {
    get position() {
      return at - start;
    },
    get most() {
      return end - at;
    },
    fill: (into) => source.fill(advance(into.length), into),
    take: (length) => source.read(advance(length), length),
    skip: (length) => void advance(length),
  };
}

export function cutOff(wanted: number, found: number): never {
  throw new LabError(
    'format.cutOff',
    `Reading ${wanted} bytes, of which only ${found} are there. Copy or save the file again.`,
  );
}
