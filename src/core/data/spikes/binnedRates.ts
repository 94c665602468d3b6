/** Spikes of one unit around one event → rates in steps. */
import type { Kernel } from './kernel.ts';
import { placeOf } from './recording.ts';

/** Steps of equal length around `fromMs + k binMs`. */
export type Steps = { fromMs: number; binMs: number; count: number };

/** A last step that is not whole is left out. */
export function stepsOf({ fromMs, toMs, binMs }: { fromMs: number; toMs: number; binMs: number }): Steps {
  return { fromMs, binMs, count: Math.floor((toMs - fromMs) / binMs + 1e-9) + 1 };
}

/** Centres, ms. */
export function timesOf({ fromMs, binMs, count }: Steps): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => fromMs + k * binMs);
}

/** From the beginning of the first step to the end of the last, ms. */
export function windowOf({ fromMs, binMs, count }: Steps): [fromMs: number, toMs: number] {
  return [fromMs - binMs / 2, fromMs + (count - 0.5) * binMs];
}

/** Spikes in the window around the event. times: seconds, ascending; event: seconds. */
export function spikesIn(times: Float64Array, event: number, steps: Steps): number {
  const [first, end] = windowOf(steps);
  let count = 0;
  for (let k = placeOf(times, event + first / 1000 - slack); k < times.length; k++) {
    const ms = after(times[k], event);
    if (ms >= end) break;
    if (ms >= first) count++;
  }
  return count;
}

/**
 * Adds the rates (Hz) around the event to `into`, from `offset` on, one value per step. Spikes outside of the window act on
 * it as far as the kernel reaches. A step holds its beginning and not its end.
 */
export function addRates(
  times: Float64Array,
  event: number,
  steps: Steps,
  kernel: Kernel,
  into: Float64Array,
  offset: number,
): void {
  const { binMs, count } = steps;
  const [first, end] = windowOf(steps);
  const perSecond = 1000 / binMs;
  for (let k = placeOf(times, event + (first - kernel.after) / 1000 - slack); k < times.length; k++) {
    const ms = after(times[k], event);
    if (ms >= end + kernel.before) break;
    if (ms < first - kernel.after) continue;
    if (kernel.after === 0) {
      const step = Math.floor((ms - first) / binMs);
      if (step >= 0 && step < count) into[offset + step] += perSecond;
      continue;
    }
    const from = Math.max(0, Math.floor((ms - kernel.before - first) / binMs));
    const to = Math.min(count - 1, Math.floor((ms + kernel.after - first) / binMs));
    let before = kernel.cumulative(first + from * binMs - ms);
    for (let step = from; step <= to; step++) {
      const by = kernel.cumulative(first + (step + 1) * binMs - ms);
      into[offset + step] += (by - before) * perSecond;
      before = by;
    }
  }
}

/** Seconds that rounding may have moved a spike. */
const slack = 1e-8;

/** ms from the event, to a millionth: where a clock begins makes no difference. */
const after = (time: number, event: number): number => Math.round((time - event) * 1e9) / 1e6;
