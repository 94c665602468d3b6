/** What deflated bytes unpack to, a few at a time, with the checksum of what went by. */
import { Inflate } from 'fflate';
import { limits, largestRatio } from './limits.ts';
import { cutOff } from './stream.ts';
import type { ByteStream } from './stream.ts';

/** Packed bytes are unpacked so many at a time; they hold at most `largestRatio` as many. */
const slice = 2 ** 16;

export type Checksum = { add(bytes: Uint8Array): void; readonly value: number };

/** `damaged` is called where the bytes are no deflated ones. */
export class InflateStream implements ByteStream {
  readonly #packed: ByteStream;
  readonly #checksum: Checksum;
  readonly #damaged: () => never;
  readonly #inflate: Inflate;
  #ready: Uint8Array[] = [];
  /** bytes of the first of them that went by */
  #gone = 0;
  #waiting = 0;
  position = 0;

  constructor(packed: ByteStream, checksum: Checksum, damaged: () => never) {
    this.#packed = packed;
    this.#checksum = checksum;
    this.#damaged = damaged;
    this.#inflate = new Inflate((chunk) => {
      this.#checksum.add(chunk);
      if (chunk.length === 0) return;
      this.#ready.push(chunk);
      this.#waiting += chunk.length;
    });
  }

  get most(): number {
    return Math.min(this.#waiting + this.#packed.most * largestRatio + slice, limits.bytes);
  }

  fill(into: Uint8Array): void {
    this.#pass(into.length, into);
  }

  take(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.most)) cutOff(length, this.most);
    const [first] = this.#ready;
    if (first !== undefined && first.length - this.#gone >= length) {
      const bytes = first.subarray(this.#gone, this.#gone + length);
      this.#pass(length);
      return bytes;
    }
    const bytes = new Uint8Array(length);
    this.#pass(length, bytes);
    return bytes;
  }

  skip(length: number): void {
    this.#pass(length);
  }

  /** Whether the stream ends here; all of its bytes have then gone by, and the checksum is theirs. */
  ends(): boolean {
    while (this.#waiting === 0 && this.#more());
    return this.#waiting === 0;
  }

  #pass(length: number, into?: Uint8Array): void {
    if (!(length >= 0)) cutOff(length, this.#waiting);
    for (let done = 0; done < length;) {
      while (this.#waiting === 0) if (!this.#more()) cutOff(length - done, 0);
      const first = this.#ready[0];
      const count = Math.min(first.length - this.#gone, length - done);
      into?.set(first.subarray(this.#gone, this.#gone + count), done);
      done += count;
      this.#gone += count;
      this.#waiting -= count;
      this.position += count;
      if (this.#gone < first.length) continue;
      this.#ready.shift();
      this.#gone = 0;
    }
  }

  /** False where nothing is left to unpack. */
  #more(): boolean {
    const length = Math.min(slice, this.#packed.most);
    if (length === 0) return false;
    try {
      this.#inflate.push(this.#packed.take(length), this.#packed.most === 0);
    } catch {
      this.#damaged();
    }
    return true;
  }
}
