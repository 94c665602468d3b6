/**
 * Data elements of MATLAB 5 files: a type, a length and that many bytes, filled up to a multiple of 8; up to 4 bytes may lie
 * in the tag itself. An element of type "compressed" is one zlib stream of one element.
 * Source: MathWorks, "MAT-File Format", level 5.
 */
import { Inflate } from 'fflate';
import type { Dtype } from './format.ts';

export type Fail = (what: string) => never;

export type MatElement = { readonly type: number; readonly bytes: Uint8Array };

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

/** Deflate cannot shrink by more than this. */
const largestRatio = 1032;
/** Bytes that all elements of a file together may unpack to. */
const largestContent = 2 ** 31 - 1;
const slice = 1 << 16;

/** Reads element after element. */
export class MatReader {
  readonly littleEndian: boolean;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fail: Fail;
  #at: number;

  constructor(bytes: Uint8Array, littleEndian: boolean, fail: Fail, at = 0) {
    this.littleEndian = littleEndian;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fail = fail;
    this.#at = at;
  }

  /** bytes not read yet */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  next(): MatElement {
    if (this.left < 8) this.#fail(`it ends inside the tag of an element, at byte ${this.#at}`);
    const tag = this.#view.getUint32(this.#at, this.littleEndian);
    const small = tag >>> 16;
    if (small > 0) {
      if (small > 4) this.#fail(`a small element claims ${small} bytes, expected 4 at most`);
      const start = this.#at + 4;
      this.#at += 8;
      return { type: tag & 0xffff, bytes: this.#bytes.subarray(start, start + small) };
    }
    const length = this.#view.getUint32(this.#at + 4, this.littleEndian);
    const start = this.#at + 8;
    const padded = tag === elementTypes.compressed ? length : Math.ceil(length / 8) * 8;
    if (padded > this.#bytes.length - start) {
      this.#fail(`an element claims ${length} bytes, found ${this.#bytes.length - start}`);
    }
    this.#at = start + padded;
    return { type: tag, bytes: this.#bytes.subarray(start, start + length) };
  }
}

/** Unpacks elements, within the limit of a file. */
export class Unpacker {
  #unpacked = 0;
  readonly #fail: Fail;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** What the zlib stream holds, by its checksum. */
  unpack(packed: Uint8Array): Uint8Array {
    const [method, flags] = packed;
    if (packed.length < 6 || (method & 0x0f) !== 8 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) {
      this.#fail('a compressed element is no zlib stream');
    }
    const content = this.#inflate(packed.subarray(2, -4));
    const view = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4);
    if (adler32(content) !== view.getUint32(0)) this.#fail('a compressed element is damaged');
    return content;
  }

  #inflate(deflated: Uint8Array): Uint8Array {
    const most = Math.min(largestContent - this.#unpacked, deflated.length * largestRatio);
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stream = new Inflate((chunk) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
    });
    try {
      for (let at = 0; at < deflated.length && length <= most; at += slice) {
        stream.push(deflated.subarray(at, at + slice), at + slice >= deflated.length);
      }
    } catch {
      this.#fail('a compressed element is damaged');
    }
    if (length > most) this.#fail('its compressed elements unpack to more than 2 GiB');
    this.#unpacked += length;
    const content = new Uint8Array(length);
    let filled = 0;
    for (const chunk of chunks) {
      content.set(chunk, filled);
      filled += chunk.length;
    }
    return content;
  }
}

/** Checksum of zlib, RFC 1950. */
export function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let start = 0; start < bytes.length; start += 3800) {
    const end = Math.min(bytes.length, start + 3800); // as many as fit before the sums have to be reduced
    for (let i = start; i < end; i++) b += a += bytes[i];
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
