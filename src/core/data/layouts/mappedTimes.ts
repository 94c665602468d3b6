/** When the steps of a mapped array are. */
import type { FileValue } from '../formats/format.ts';
import { evenSteps, labelsAt } from './fileArrays.ts';
import { refuse } from './mappedLabels.ts';
import type { ArrayMapping } from './mapping.ts';

/** In ms from the alignment event: steps. Throws LabError `mapping.array` and `mapping.times`. */
export function timesOf(
  value: FileValue,
  { times, dtMs, startMs }: ArrayMapping,
  steps: number,
  fileName: string,
): Float64Array {
  if (!times) return Float64Array.from({ length: steps }, (_, t) => startMs! + t * dtMs!);
  const { array: key, unit } = times;
  const found = labelsAt(value, key);
  if (!found) return refuse('mapping.array', fileName, `there is no row of times "${key}". Choose one that is there.`);
  if (found.length !== steps) {
    refuse(
      'mapping.times',
      fileName,
      `expected "${key}" to have one time for each of ${steps} steps, found ${found.length}. Choose another array, or give dtMs and startMs.`,
    );
  }
  const numbers = found.filter((time) => typeof time === 'number');
  const even = numbers.length === steps ? evenSteps(numbers) : null;
  if (!even) {
    return refuse(
      'mapping.times',
      fileName,
      `expected times in "${key}" that ascend in even steps, found others. Resample the recording first, or give dtMs and startMs.`,
    );
  }
  return Float64Array.from({ length: steps }, (_, t) => rounded((even.first + t * even.step) * msPer[unit]));
}

export const msPer = { s: 1000, ms: 1 } as const;

/** 0.29 s are 290 ms, not 290 and the noise of single precision. */
export const rounded = (ms: number): number => Math.round(ms * 1e3) / 1e3;
