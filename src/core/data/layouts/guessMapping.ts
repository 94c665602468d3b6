/** A guess at the mapping of a file of arrays, with its reasons: shown, and never taken without the user's word. */
import { guessAxes, labelRows, lengthOf, neuronRows } from './guessAxes.ts';
import { extentOf } from './axes.ts';
import { lastPart } from './mappedLabels.ts';
import { placesOfSignal } from './mappedSignals.ts';
import { msPer, rounded } from './mappedTimes.ts';
import { isTableMapping } from './mapping.ts';
import type { ArrayFacts, ArrayMapping, Mapping, Question, TimeUnit } from './mapping.ts';
import { signalName } from './signalNames.ts';
import { unitOfTime, wordsOf } from './tableColumns.ts';

export type Guess = { mapping: ArrayMapping; reasons: Record<string, string> };

/** Whether an array may hold activity: numbers with 2 to 6 axes. */
export function isMappable({ shape, dtype, value }: ArrayFacts): boolean {
  return dtype !== 'text' && value === undefined && shape.length >= 2 && shape.length <= 6 && !shape.includes(0);
}

const rateWords = ['rate', 'rates', 'firing', 'fr', 'activity', 'psth', 'psths', 'spikes', 'spike', 'counts', 'response', 'responses', 'neural']; // prettier-ignore

/**
 * Of the array with this key; without one, of the array that most likely holds the activity: by its name, then of more than 2
 * axes, then the largest. Null where no array may. fileName: names the dataset.
 */
export function guessMapping(arrays: readonly ArrayFacts[], fileName: string, key?: string | null): Guess | null {
  const candidates = arrays.filter(isMappable);
  const array = key === undefined ? likeliest(candidates) : candidates.find((a) => a.key === key);
  if (!array) return null;
  const others = arrays.filter((a) => a !== array);
  const { axes, reasons: axisReasons, told } = guessAxes(array, others);
  const reasons: Record<string, string> = { array: whyArray(array, candidates) };
  axisReasons.forEach((reason, axis) => (reasons[`axis ${axis + 1}`] = reason));
  const { words, ...times } = guessTimes(others, told.time);
  reasons['times'] = words;
  const { shape } = array;
  const mapping: ArrayMapping = {
    array: array.key,
    axes,
    ...times,
    ...labelsFor({ axes, shape, others, told, reasons }),
    alignment: guessAlignment(others, reasons),
    name: fileName.replace(/\.[^.]*$/, ''),
  };
  const signals = signalsFor(others, mapping, shape);
  if (signals.length > 0) {
    mapping.signals = Object.fromEntries(signals.map((key) => [signalName(key), key]));
    reasons['signals'] = 'they have the same steps as the activity';
  }
  return { mapping, reasons };
}

/**
 * What was said of a file before, for one that is built alike: under this file's name, and with this file's length of a step
 * where a number in it says so.
 */
export function asLastTime(last: Mapping, { arrays, suggestion }: Question): Mapping {
  const mapping = { ...last, name: suggestion?.name ?? last.name };
  if (isTableMapping(mapping) || mapping.times) return mapping;
  const step = guessStep(arrays);
  return step ? { ...mapping, dtMs: step.dtMs } : mapping;
}

function likeliest(candidates: readonly ArrayFacts[]): ArrayFacts | undefined {
  const score = (a: ArrayFacts): number[] => [isNamedRate(a) ? 1 : 0, a.shape.length > 2 ? 1 : 0, lengthOf(a)];
  return candidates.toSorted((a, b) => {
    const [x, y] = [score(a), score(b)];
    const at = x.findIndex((s, i) => s !== y[i]);
    return at < 0 ? 0 : y[at] - x[at];
  })[0];
}

const isNamedRate = ({ key }: ArrayFacts): boolean =>
  key !== null && wordsOf(lastPart(key)).some((word) => rateWords.includes(word));

function whyArray(array: ArrayFacts, candidates: readonly ArrayFacts[]): string {
  if (candidates.length === 1) return 'the only array with axes enough';
  return isNamedRate(array) ? 'by its name' : 'the largest';
}

/** From the row that is as long as the axis of time, or from a number called dt or the like; else 10 ms. */
function guessTimes(
  others: readonly ArrayFacts[],
  row: ArrayFacts | undefined,
): Pick<ArrayMapping, 'times' | 'dtMs' | 'startMs'> & { words: string } {
  if (row?.even && row.key !== null) {
    const unit: TimeUnit = unitNamed(row) ?? (row.even.step < 1 ? 's' : 'ms');
    const dtMs = rounded(row.even.step * msPer[unit]);
    const words = `step ${dtMs} ms: from “${row.key}”, ${lengthOf(row)} values ${rounded(row.even.step)} ${unit} apart`;
    return { times: { array: row.key, unit }, words };
  }
  const found = guessStep(others);
  const first = numberNamed(others, ['t0', 'start', 'tstart', 'tmin', 'startms', 'startmsec']);
  const startMs = first ? rounded(first.value * msPer[unitNamed(first) ?? (found?.unit ?? 'ms')]) : 0; // prettier-ignore
  const from = first ? `, first step from “${first.key}”` : '';
  return {
    dtMs: found?.dtMs ?? 10,
    startMs,
    words: `${found?.words ?? 'not told by the file: 10 ms is a guess'}${from}`,
  };
}

function guessStep(others: readonly ArrayFacts[]): { dtMs: number; unit: TimeUnit; words: string } | null {
  const step = numberNamed(others, ['dt', 'binsize', 'binwidth', 'bin', 'timestep', 'deltat', 'tstep', 'step', 'binsizems', 'dtms']); // prettier-ignore
  if (step && step.value > 0) {
    const unit = unitNamed(step) ?? (step.value < 1 ? 's' : 'ms');
    const dtMs = rounded(step.value * msPer[unit]);
    return { dtMs, unit, words: `step ${dtMs} ms: “${step.key}” is ${step.value}` };
  }
  const rate = numberNamed(others, [
    'fs',
    'samplingrate',
    'samplerate',
    'srate',
    'samplingfrequency',
    'framerate',
    'hz',
  ]);
  if (!rate || !(rate.value > 0)) return null;
  const dtMs = rounded(1000 / rate.value);
  return { dtMs, unit: 's', words: `step ${dtMs} ms: “${rate.key}” is ${rate.value} per second` };
}

function numberNamed(
  others: readonly ArrayFacts[],
  names: readonly string[],
): { key: string; value: number; shape: number[]; dtype: string } | null {
  for (const { key, value, shape, dtype } of others) {
    const bare = wordsOf(lastPart(key ?? '')).filter((word) => word !== 'ms' && word !== 's').join(''); // prettier-ignore
    if (typeof value === 'number' && key !== null && names.includes(bare)) return { key, value, shape, dtype };
  }
  return null;
}

/** The unit that a name says; null where it says none. */
function unitNamed({ key }: Pick<ArrayFacts, 'key'>): TimeUnit | null {
  const ms = unitOfTime(lastPart(key ?? ''));
  return ms === null ? null : ms === 1 ? 'ms' : 's';
}

function guessAlignment(others: readonly ArrayFacts[], reasons: Record<string, string>): string {
  const said = others.find(({ key, value }) => typeof value === 'string' && /align/i.test(lastPart(key ?? '')));
  if (!said) return 'alignment event';
  reasons['alignment'] = `from “${said.key}”`;
  return String(said.value) || 'alignment event';
}

type Known = Pick<ArrayMapping, 'axes'> & {
  shape: readonly number[];
  others: readonly ArrayFacts[];
  told: ReturnType<typeof guessAxes>['told'];
  reasons: Record<string, string>;
};

/** Labels of trials or conditions and names of neurons, where there are rows for them. */
function labelsFor({ axes, shape, others, told, reasons }: Known): Partial<ArrayMapping> {
  const found: Partial<ArrayMapping> = {};
  const trials = told.trial?.key;
  if (trials != null && !axes.includes('condition')) {
    found.conditionOf = [trials];
    reasons['conditionOf'] = `${told.trial!.levels} different values over the trials`;
  }
  const conditionAxes = axes.filter((name) => name === 'condition').length;
  const labels = told.condition ?? labelRows(others, extentOf(shape, axes, 'condition'), 'condition')[0];
  if (conditionAxes === 1 && labels?.key != null) {
    found.conditionLabels = [labels.key];
    reasons['conditionLabels'] = 'one for each condition';
  }
  const [names] = neuronRows(others, extentOf(shape, axes, 'neuron'));
  if (names?.key != null) {
    found.neuronNames = names.key;
    reasons['neuronNames'] = 'one for each neuron';
  }
  return found;
}

/** Arrays that may be behaviour on the steps of the activity. */
export function signalsFor(
  others: readonly ArrayFacts[],
  { axes, conditionOf }: Pick<ArrayMapping, 'axes' | 'conditionOf'>,
  shape: readonly number[],
): string[] {
  const [steps, conditions] = [extentOf(shape, axes, 'time'), extentOf(shape, axes, 'condition')];
  const pairs = axes.includes('condition') && !conditionOf ? [[conditions, steps], [steps, conditions]] : []; // prettier-ignore
  const fits = (found: readonly number[]): boolean =>
    placesOfSignal(found, axes, shape) !== null || pairs.some((pair) => pair.join() === found.join());
  return others.flatMap(({ key, shape: found, dtype, value, even }) => {
    const isSignal =
      key !== null && dtype !== 'text' && value === undefined && !even && found.length > 0 && fits(found);
    return isSignal ? [key] : [];
  });
}
