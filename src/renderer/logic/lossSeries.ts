/** The loss of one run, growing as it trains. */
import type { UpdateColumns } from '../../app/contract.ts';

export class LossSeries {
  #update = new Float64Array(256);
  #loss = new Float64Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }
  /** views of what is there now; not to be kept */
  get update(): Float64Array {
    return this.#update.subarray(0, this.#length);
  }
  get loss(): Float64Array {
    return this.#loss.subarray(0, this.#length);
  }

  /** Takes what comes after the last update there; the rest is known already. */
  append({ update, main }: Pick<UpdateColumns, 'update' | 'main'>): void {
    const last = this.#length === 0 ? -Infinity : this.#update[this.#length - 1];
    let from = 0;
    while (from < update.length && update[from] <= last) from++;
    const length = this.#length + update.length - from;
    if (length > this.#update.length) {
      this.#update = grown(this.#update, length);
      this.#loss = grown(this.#loss, length);
    }
    this.#update.set(update.subarray(from), this.#length);
    this.#loss.set(main.subarray(from), this.#length);
    this.#length = length;
  }
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(length, 2 * values.length));
  larger.set(values);
  return larger;
}

export type Extremes = { x: number[]; y: number[]; stride: number };

/**
 * At most `most` points: of each `stride` updates the lowest and the highest loss, in their order, so that no spike is
 * lost. stride 1: every update.
 */
export function extremes(x: Float64Array, y: Float64Array, most: number): Extremes {
  const stride = Math.ceil(x.length / most) === 1 ? 1 : Math.ceil((2 * x.length) / most);
  if (stride === 1) return { x: Array.from(x), y: Array.from(y), stride };
  const kept: number[] = [];
  for (let from = 0; from < x.length; from += stride) {
    let [low, high] = [from, from];
    for (let i = from; i < Math.min(from + stride, x.length); i++) {
      if (y[i] < y[low]) low = i;
      if (y[i] > y[high]) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  return { x: kept.map((i) => x[i]), y: kept.map((i) => y[i]), stride };
}
