/** Room for what one reading of a file makes: counted before it is taken, so that no file can ask for all there is. */
import { LabError } from '../../errors.ts';
import type { Dtype, FileArray } from './format.ts';
import { limits } from './limits.ts';

export class Memory {
  readonly #name: string;
  #left: number;

  constructor(name: string, bytes: number = limits.bytes) {
    this.#name = name;
    this.#left = bytes;
  }

  /** Throws LabError `format.memory` where a file has asked for more than it may. */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new LabError(
      'format.memory',
      `Reading "${this.#name}": its content takes more than ${limits.bytes / 1024 ** 3} GiB of memory. Read a part of it, or cut the recording first.`,
    );
  }

  /** Room for lists, dictionaries or arrays, without what is in them. */
  objects(count = 1): void {
    this.take(limits.object * count);
  }

  /** Room for numbers, texts, truth values, … that stand alone. */
  scalars(count = 1): void {
    this.take(limits.scalar * count);
  }

  numbers(dtype: Dtype, count: number): FileArray['data'] {
    this.take(count * (dtype === 'float32' ? 4 : 8));
    return dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  }
}
