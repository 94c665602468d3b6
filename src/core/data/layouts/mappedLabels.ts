/** Rows of numbers or texts that a mapping names, one per trial, condition or neuron. */
import { LabError } from '../../errors.ts';
import type { FileValue } from '../formats/format.ts';
import { labelsAt } from './fileArrays.ts';
import type { Labels } from './fileArrays.ts';

/** Throws LabError `mapping.array` where there is no such row, `mapping.labels` where it is not as long as it has to be. */
export function labelsOf(value: FileValue, key: string, count: number, of: string, fileName: string): Labels {
  const labels = labelsAt(value, key);
  if (!labels)
    return refuse('mapping.array', fileName, `there is no row of numbers or texts "${key}". Choose one that is there.`);
  if (labels.length === count) return labels;
  return refuse(
    'mapping.labels',
    fileName,
    `expected "${key}" to have one entry for each of ${count} ${of}, found ${labels.length}. Choose another array, or other axes.`,
  );
}

export function refuse(code: string, fileName: string, what: string): never {
  throw new LabError(code, `Reading "${fileName}" by the mapping: ${what}`);
}

/** "trials.direction" → "direction" */
export const lastPart = (key: string): string => key.split('.').at(-1)!;
