/** What a zlib stream unpacks to, with its checksum. Source: RFC 1950. */
import { InflateStream } from './inflateStream.ts';
import { streamOf } from './stream.ts';
import type { ByteSource } from './source.ts';

/** Rolling sums of zlib. */
export class Adler32 {
  #a = 1;
  #b = 0;

  add(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += 3800) {
      const end = Math.min(bytes.length, start + 3800); // as many as fit before the sums have to be reduced
      for (let i = start; i < end; i++) this.#b += this.#a += bytes[i];
      this.#a %= 65521;
      this.#b %= 65521;
    }
  }

  get value(): number {
    return ((this.#b << 16) | this.#a) >>> 0;
  }
}

/** The stream in [start, end) of a source; `verify` reads it to its end. Null where it is none. */
export function zlibStream(
  source: ByteSource,
  start: number,
  end: number,
  damaged: () => never,
): { stream: InflateStream; verify: () => void } | null {
  if (end - start < 6) return null;
  const [method, flags] = source.read(start, 2);
  if ((method & 0x0f) !== 8 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) return null;
  const sum = new Adler32();
  const stream = new InflateStream(streamOf(source, start + 2, end - 4), sum, damaged);
  const verify = (): void => {
    const last = source.read(end - 4, 4);
    const expected = new DataView(last.buffer, last.byteOffset, 4).getUint32(0);
    if (!stream.ends() || sum.value !== expected) damaged();
  };
  return { stream, verify };
}
