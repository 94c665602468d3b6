/** Spikes of one unit around one event → rates in steps. */
import { placeOf } from './recording.ts';
import type { StepWeights } from './stepWeights.ts';

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
  return placeOf(times, event + end / 1000) - placeOf(times, event + first / 1000);
}

/**
 * Adds the rates (Hz) around the event to `into`, from `offset` on, one value per step. Spikes outside of the window act on
 * it as far as the weights reach. A step holds its beginning and not its end.
 */
export function addRates(
  times: Float64Array,
  event: number,
  { fromMs, binMs, count }: Steps,
  { before, after, parts, values }: StepWeights,
  into: Float64Array,
  offset: number,
): void {
  const first = fromMs - binMs / 2;
  const width = before + 1 + after;
  for (let k = placeOf(times, event + (first - after * binMs) / 1000 - slack); k < times.length; k++) {
    const place = (msAfter(times[k], event) - first) / binMs;
    const own = Math.floor(place);
    if (own - before >= count) break;
    const part = (place - own) * parts;
    const edge = Math.min(parts - 1, Math.floor(part)); // rounding may reach the end
    const share = part - edge;
    const [low, high] = [edge * width - own + before, (edge + 1) * width - own + before];
    const last = Math.min(count - 1, own + after);
    for (let step = Math.max(0, own - before); step <= last; step++) {
      into[offset + step] += (1 - share) * values[low + step] + share * values[high + step];
    }
  }
}

/** Seconds that rounding may have moved a spike. */
const slack = 1e-8;

/** ms from the event, to a millionth: where a clock begins makes no difference. */
const msAfter = (time: number, event: number): number => Math.round((time - event) * 1e9) / 1e6;
