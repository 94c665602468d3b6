/** Fills a batch trial by trial. */
import { zeros } from '../math/tensor.ts';
import type { Batch, LossId } from './task.ts';

/** Steps from `from` (included) to `to` (excluded). */
export type Span = { readonly from: number; readonly to: number };

type Channels = {
  readonly inputLabels: readonly string[];
  readonly outputLabels: readonly string[];
  readonly loss: LossId;
};

/** All zeros; nothing counts. */
export function emptyBatch(trials: number, steps: number, { inputLabels, outputLabels, loss }: Channels): Batch {
  const wanted = loss === 'cross-entropy' ? [trials, steps] : [trials, steps, outputLabels.length];
  return {
    trials,
    steps,
    input: zeros([trials, steps, inputLabels.length], 'float32'),
    target: zeros(wanted, 'float32'),
    mask: zeros(wanted, 'float32'),
  };
}

/** A number, or one for each step counted from the span's first. */
type Course = number | ((step: number) => number);

export class TrialWriter {
  readonly #batch: Batch;
  readonly #trial: number;

  constructor(batch: Batch, trial: number) {
    this.#batch = batch;
    this.#trial = trial;
  }

  /** channel: number of the input, from 0 */
  input(channel: number, span: Span, value: Course): void {
    this.#fill('input', channel, span, value);
  }

  /** What an output should be. channel: its number, from 0 */
  target(channel: number, span: Span, value: Course): void {
    this.#fill('target', channel, span, value);
  }

  /** The right output of a choice. */
  choice(output: number, span: Span): void {
    this.#fill('target', 0, span, output);
  }

  /** Makes these steps count in the loss. */
  count(span: Span): void {
    this.#weigh(span, 1);
  }

  /** Leaves these steps out of the loss. */
  ignore(span: Span): void {
    this.#weigh(span, 0);
  }

  #weigh({ from, to }: Span, weight: number): void {
    const { steps, mask } = this.#batch;
    const width = mask.shape[2] ?? 1;
    const start = this.#trial * steps;
    mask.data.fill(weight, (start + from) * width, (start + to) * width);
  }

  #fill(what: 'input' | 'target', channel: number, { from, to }: Span, value: Course): void {
    const { steps } = this.#batch;
    const { data, shape } = this.#batch[what];
    const width = shape[2] ?? 1;
    for (let t = from; t < to; t++) {
      data[(this.#trial * steps + t) * width + channel] = typeof value === 'number' ? value : value(t - from);
    }
  }
}
