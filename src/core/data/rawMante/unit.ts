/**
 * One unit of Mante et al. 2013 as its file holds it: a struct `unit` with `time` (samples, seconds), `response` (trials ×
 * samples, spikes) and `task_variable`, a struct of one number per trial each.
 */
import { LabError } from '../../errors.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import { isArray } from '../layouts/reaching.ts';

const variableNames = ['targ_dir', 'stim_dir', 'stim_col2dir', 'context', 'correct', 'stim_trial'] as const;

export type RecordedUnit = {
  readonly trials: number;
  readonly samples: number;
  /** the first sample, from stimulus onset */
  readonly firstMs: number;
  /** from the first sample to the second, as it computes: 1.0000000000000009 in the public files */
  readonly stepMs: number;
  /** trials × samples */
  readonly response: FileArray['data'];
  /** trials each: choice, coherences towards it with sign, context, 1 where correct, number of the trial */
  readonly variables: Readonly<Record<(typeof variableNames)[number], FileArray['data']>>;
};

export function isUnit(value: FileValue): boolean {
  const unit = value instanceof Map ? value.get('unit') : null;
  return unit instanceof Map && unit.has('response') && unit.has('task_variable');
}

/** Throws LabError `units.content`. */
export function unitOf(value: FileValue, file: string): RecordedUnit {
  const refuse = (expected: string, found: string): never => {
    throw new LabError('units.content', `Reading "${file}": expected ${expected}, found ${found}.`);
  };
  const unit = value instanceof Map ? value.get('unit') : null;
  if (!(unit instanceof Map)) return refuse('a struct "unit"', 'none');
  const numbersAt = (from: Map<string, FileValue>, name: string): FileArray => {
    const found = from.get(name);
    const array = typeof found === 'number' ? numbers([found]) : found;
    if (!isArray(array))
      return refuse(`numbers "${name}"`, found === undefined ? 'nothing of that name' : 'no numbers');
    const bad = firstNotFinite(array.data);
    return bad < 0 ? array : refuse(`finite numbers "${name}"`, `${array.data[bad]} at value ${bad + 1}`);
  };
  const { shape, data: response } = numbersAt(unit, 'response');
  const { data: time } = numbersAt(unit, 'time');
  const [trials, samples] = shape;
  if (shape.length !== 2 || trials < 1 || samples < 2) refuse('"response" of trials × samples', shape.join(' × '));
  if (time.length !== samples) refuse(`${samples} times, one per sample of "response"`, String(time.length));
  const stepMs = (time[1] - time[0]) * 1000;
  if (!(stepMs > 0)) refuse('times that rise', `${time[0]} and ${time[1]} s`);
  const described = unit.get('task_variable');
  if (!(described instanceof Map)) return refuse('a struct "task_variable" in "unit"', 'none');
  const variable = (name: string): FileArray['data'] => {
    const { data } = numbersAt(described, name);
    return data.length === trials ? data : refuse(`${trials} values of "${name}", one per trial`, String(data.length));
  };
  const variables = Object.fromEntries(variableNames.map((name) => [name, variable(name)]));
  return {
    trials,
    samples,
    firstMs: time[0] * 1000,
    stepMs,
    response,
    variables: variables as RecordedUnit['variables'],
  };
}

/** A plain loop: this looks at every sample of every trial, and a call for each would take as long as reading the file. */
function firstNotFinite(data: FileArray['data']): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}

const numbers = (values: number[]): FileArray => ({
  kind: 'array',
  dtype: 'float64',
  shape: [values.length],
  data: Float64Array.from(values),
});
