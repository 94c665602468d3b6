/** From the samples of a unit's trials to the steps of a recording. */
import { LabError } from '../../errors.ts';
import { numpySum } from '../../math/numpySum.ts';
import type { UnitOptions } from './options.ts';
import type { RecordedUnit } from './unit.ts';

export type Bins = {
  readonly count: number;
  /** samples in each; what is left over at the end is dropped */
  readonly width: number;
  /** of each, from stimulus onset */
  readonly timeMs: Float64Array;
  /** what spikes per sample are multiplied by */
  readonly scale: number;
};

/**
 * published: the number of bins is the whole part of samples × step / dt, their width the whole part of samples / bins, so
 * that at 40 ms they are 41 ms wide; told by their first sample, as `neuralforRNN.npy` is; spikes per sample.
 * corrected: dt has to be a multiple of the samples' step, and bins are as wide as dt; told by their middle; spikes per second.
 *
 * Throws LabError `units.dt`.
 */
export function binsOf({ samples, stepMs, firstMs }: RecordedUnit, { dtMs, selection }: UnitOptions): Bins {
  const nominalMs = Math.round(stepMs * 1e9) / 1e9;
  const refuse = (expected: string): never => {
    throw new LabError(
      'units.dt',
      `Averaging ${samples} samples of ${nominalMs} ms: expected ${expected}, found steps of ${dtMs} ms. Choose another length, for example 15 ms.`,
    );
  };
  if (selection === 'published') {
    const count = Math.floor((samples * stepMs) / dtMs);
    if (count < 2 || count > samples) refuse('at least 2 steps, none shorter than a sample');
    const width = Math.floor(samples / count);
    return { count, width, timeMs: timesOf(count, firstMs, width * nominalMs), scale: 1 };
  }
  const width = Math.round(dtMs / nominalMs);
  if (width < 1 || Math.abs(width * nominalMs - dtMs) > 1e-6 * dtMs) refuse('a multiple of the length of a sample');
  const count = Math.floor(samples / width);
  if (count < 2) refuse('at least 2 steps');
  const middleMs = firstMs + ((width - 1) / 2) * nominalMs;
  return { count, width, timeMs: timesOf(count, middleMs, width * nominalMs), scale: 1000 / nominalMs };
}

const timesOf = (count: number, firstMs: number, stepMs: number): Float64Array =>
  Float64Array.from({ length: count }, (_, b) => firstMs + b * stepMs);

/** The average over the trials of each condition, then over the samples of each bin: bins × conditions. */
export function averagesOf(
  { response, samples }: RecordedUnit,
  trials: readonly (readonly number[])[],
  { count, width, scale }: Bins,
): Float64Array {
  const averages = new Float64Array(count * trials.length);
  const mean = new Float64Array(count * width);
  trials.forEach((of, condition) => {
    mean.fill(0);
    for (const trial of of) {
      for (let s = 0; s < mean.length; s++) mean[s] += response[trial * samples + s];
    }
    for (let s = 0; s < mean.length; s++) mean[s] /= of.length;
    for (let b = 0; b < count; b++) {
      averages[b * trials.length + condition] = (numpySum(mean, b * width, (b + 1) * width) / width) * scale;
    }
  });
  return averages;
}
