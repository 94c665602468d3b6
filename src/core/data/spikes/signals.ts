/** What was measured beside the spikes, averaged over the trials of each condition on the steps of the rates. */
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import { timesOf } from './binnedRates.ts';
import type { Steps } from './binnedRates.ts';
import type { RateOptions } from './rateOptions.ts';
import { placeOf } from './recording.ts';
import type { Signal } from './recording.ts';
import type { TrialGroup } from './trialGroups.ts';

export type Averaged = {
  /** conditions × steps each */
  kinematics: Record<string, Tensor>;
  /** names of those that some step of some condition has no value of */
  leftOut: string[];
};

/**
 * A trial's value at a step is read between its two neighbours in time; trials without one are left out of the average there.
 * Velocities are the change of the signal from the beginning to the end of the step, per second.
 */
export function averageSignals(
  signals: readonly Signal[],
  groups: readonly TrialGroup[],
  steps: Steps,
  how: RateOptions['signals'],
): Averaged {
  const found: Averaged = { kinematics: {}, leftOut: [] };
  if (how === 'none') return found;
  const centres = timesOf(steps);
  const half = steps.binMs / 2000;
  const take = (name: string, at: (seconds: number) => number): void => {
    const data = new Float64Array(groups.length * steps.count);
    groups.forEach(({ events }, c) => {
      centres.forEach((ms, t) => (data[c * steps.count + t] = meanOf(events, (event) => at(event + ms / 1000))));
    });
    if (data.some((value) => !Number.isFinite(value))) return void found.leftOut.push(name);
    if (how === 'scaled') scale(data, steps.count);
    found.kinematics[name] = tensor([groups.length, steps.count], data);
  };
  for (const signal of signals) {
    const at = reader(signal);
    take(signal.name, at);
    if (signal.velocity !== undefined) take(signal.velocity, (s) => (at(s + half) - at(s - half)) / (2 * half));
  }
  return found;
}

/** Gaps longer than this many usual distances between samples have no value. */
const longestGap = 10;

/** NaN where it was not measured. */
function reader({ times, values }: Signal): (seconds: number) => number {
  const last = times.length - 1;
  const usual = last > 0 ? (times[last] - times[0]) / last : 0;
  return (seconds) => {
    const right = placeOf(times, seconds);
    if (right > last) return NaN;
    if (times[right] === seconds) return values[right];
    if (right === 0) return NaN;
    const [a, b] = [times[right - 1], times[right]];
    if (b - a > longestGap * usual) return NaN;
    return values[right - 1] + ((values[right] - values[right - 1]) * (seconds - a)) / (b - a);
  };
}

function meanOf(events: readonly number[], valueAt: (event: number) => number): number {
  let [sum, count] = [0, 0];
  for (const event of events) {
    const value = valueAt(event);
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** As the published averages of Hatsopoulos 2007 are: 0 at the first step of every condition, 1 at the largest size. */
function scale(data: Float64Array, steps: number): void {
  for (let row = 0; row < data.length; row += steps) {
    const first = data[row];
    for (let t = 0; t < steps; t++) data[row + t] -= first;
  }
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest > 0) data.forEach((value, k) => (data[k] = value / largest));
}
