/**
 * Data elements of MATLAB 5 files: a type, a length and that many bytes, filled up to a multiple of 8; up to 4 bytes may lie
 * in the tag itself.
 * Source: MathWorks, "MAT-File Format", level 5.
 */
import type { Dtype } from './format.ts';
import { asSource } from './source.ts';
import { cutOff, streamOf } from './stream.ts';
import type { ByteStream } from './stream.ts';

export type Fail = (what: string) => never;

/** `content` is read before the next element is asked for, as far as it is wanted. */
export type MatElement = { readonly type: number; readonly length: number; readonly content: ByteStream };

export const elementTypes = { matrix: 14, compressed: 15, utf8: 16, utf16: 17, utf32: 18 } as const;

/** Types of stored numbers. */
const stored: Readonly<Record<number, Dtype>> = {
  1: 'int8',
  2: 'uint8',
  3: 'int16',
  4: 'uint16',
  5: 'int32',
  6: 'uint32',
  7: 'float32',
  9: 'float64',
  12: 'int64',
  13: 'uint64',
};

export const storedAs = (type: number): Dtype | undefined => stored[type];

/** Reads element after element of a stream, or of the next `length` bytes of it. */
export class MatReader {
  readonly littleEndian: boolean;
  readonly #stream: ByteStream;
  readonly #fail: Fail;
  readonly #start: number;
  readonly #length: number;
  /** where the next element begins */
  #next = 0;

  constructor(stream: ByteStream, littleEndian: boolean, fail: Fail, length = stream.most) {
    this.littleEndian = littleEndian;
    this.#stream = stream;
    this.#fail = fail;
    this.#start = stream.position;
    this.#length = length;
  }

  /** bytes of elements not yet asked for */
  get left(): number {
    return this.#length - this.#next;
  }

  /** of the next element, from the beginning */
  get position(): number {
    return this.#next;
  }

  next(): MatElement {
    if (this.left < 8) this.#fail('it ends inside the tag of an element');
    this.#stream.skip(this.#start + this.#next - this.#stream.position);
    const tag = this.#stream.take(8);
    const view = new DataView(tag.buffer, tag.byteOffset, 8);
    const word = view.getUint32(0, this.littleEndian);
    const small = word >>> 16;
    if (small > 0) {
      if (small > 4) this.#fail(`a small element claims ${small} bytes, expected 4 at most`);
      this.#next += 8;
      return { type: word & 0xffff, length: small, content: streamOf(asSource(tag.slice(4, 4 + small))) };
    }
    const length = view.getUint32(4, this.littleEndian);
    const padded = word === elementTypes.compressed ? length : Math.ceil(length / 8) * 8;
    const left = Math.min(this.left - 8, this.#stream.most);
    if (padded > left) this.#fail(`an element claims ${length} bytes, found ${left}`);
    this.#next += 8 + padded;
    return { type: word, length, content: new Within(this.#stream, length) };
  }

  /** Goes to where the next element would begin. */
  finish(): void {
    this.#stream.skip(this.#start + this.#next - this.#stream.position);
  }
}

/** The next `length` bytes of a stream. */
class Within implements ByteStream {
  readonly #stream: ByteStream;
  readonly #start: number;
  readonly #length: number;

  constructor(stream: ByteStream, length: number) {
    this.#stream = stream;
    this.#start = stream.position;
    this.#length = length;
  }
  get position(): number {
    return this.#stream.position - this.#start;
  }
  get most(): number {
    return this.#length - this.position;
  }
  fill(into: Uint8Array): void {
    this.#require(into.length);
    this.#stream.fill(into);
  }
  take(length: number): Uint8Array {
    this.#require(length);
    return this.#stream.take(length);
  }
  skip(length: number): void {
    this.#require(length);
    this.#stream.skip(length);
  }
  #require(length: number): void {
    if (!(length >= 0 && length <= this.most)) cutOff(length, this.most);
  }
}
