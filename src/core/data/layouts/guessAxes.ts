/** What the axes of an array may be: rows of the file that are as long as one, then sizes. */
import { unitOfTime, wordsOf } from './tableColumns.ts';
import { lastPart } from './mappedLabels.ts';
import type { ArrayFacts, AxisName } from './mapping.ts';

/** A row of numbers or texts that says what an axis is. */
export type Evidence = { key: string; role: 'time' | 'neuron' | 'trial' | 'condition' };

export type GuessedAxes = {
  axes: AxisName[];
  /** one per axis */
  reasons: string[];
  /** the rows that told an axis, by what it is */
  told: Partial<Record<AxisName, ArrayFacts>>;
};

const spellings: readonly (readonly [AxisName, readonly string[]])[] = [
  ['time', ['time', 'times', 't', 'timestamps', 'tvec', 'timebins', 'tt']],
  ['neuron', ['neuron', 'neurons', 'unit', 'units', 'cell', 'cells', 'channel', 'channels', 'electrode', 'electrodes', 'cluster', 'clusters']], // prettier-ignore
];

/** What the name of a row says that it is of. */
function namedRole({ key, even }: ArrayFacts): AxisName | null {
  const words = wordsOf(lastPart(key ?? ''));
  const isUnit = words.length > 0 && words.every((word) => unitOfTime(word) !== null);
  const role = isUnit ? 'time' : spellings.find(([, names]) => words.some((word) => names.includes(word)))?.[0];
  return role === 'time' && !even ? null : (role ?? null);
}

/** What is known of neurons but tells none from another: a row as long as there are neurons. */
const neuronWords = ['area', 'areas', 'region', 'regions', 'layer', 'layers', 'depth', 'depths', 'hemisphere', 'hemispheres', 'quality']; // prettier-ignore

const isOfNeurons = ({ key }: ArrayFacts): boolean =>
  wordsOf(lastPart(key ?? '')).some((word) => neuronWords.includes(word));

/** Words in the names of rows that tell conditions apart, the surest first. */
const conditionWords = [
  'condition', 'conditions', 'cond', 'direction', 'directions', 'dir', 'target', 'targets', 'stimulus', 'stimuli', 'stim',
  'angle', 'angles', 'orientation', 'orientations', 'ori', 'type', 'types', 'label', 'labels', 'context', 'contexts', 'cue',
  'choice', 'choices', 'decision', 'coherence', 'coherences', 'contrast', 'contrasts', 'frequency', 'freq', 'odor', 'odour',
  'tone', 'colour', 'color', 'motion', 'side', 'speed', 'location', 'object', 'category', 'class', 'group', 'go', 'y',
]; // prettier-ignore

/** Smaller is surer; Infinity for a name that says nothing. */
function rankOf({ key }: ArrayFacts): number {
  const ranks = wordsOf(lastPart(key ?? '')).map((word) => conditionWords.indexOf(word));
  return Math.min(...ranks.filter((rank) => rank >= 0), Infinity);
}

export const lengthOf = ({ shape }: ArrayFacts): number => shape.reduce((product, n) => product * n, 1);

/** Rows that may be labels of `count` trials (some of them alike) or conditions (all different), the surest first. */
export function labelRows(arrays: readonly ArrayFacts[], count: number, of: 'trial' | 'condition'): ArrayFacts[] {
  const rows = arrays.filter(
    (row) => row.levels !== undefined && lengthOf(row) === count && namedRole(row) === null && !isOfNeurons(row),
  );
  const fits = ({ levels }: ArrayFacts): boolean =>
    of === 'trial' ? levels! > 1 && levels! <= count / 2 : levels === count;
  return rows.filter(fits).sort((a, b) => rankOf(a) - rankOf(b));
}

/** Names of neurons: a row as long as there are. */
export function neuronRows(arrays: readonly ArrayFacts[], count: number): ArrayFacts[] {
  const isName = (row: ArrayFacts): boolean => namedRole(row) === 'neuron';
  return arrays.filter((row) => row.levels !== undefined && lengthOf(row) === count && isName(row));
}

export function timeRows(arrays: readonly ArrayFacts[], count: number): ArrayFacts[] {
  return arrays.filter((row) => row.even && lengthOf(row) === count && namedRole(row) === 'time');
}

export function guessAxes({ shape, list, key }: ArrayFacts, arrays: readonly ArrayFacts[]): GuessedAxes {
  const axes: (AxisName | null)[] = shape.map(() => null);
  const reasons = shape.map(() => '');
  const told: GuessedAxes['told'] = {};
  const open = (): number[] => axes.flatMap((name, axis) => (name === null ? [axis] : []));
  const settle = (axis: number, name: AxisName, reason: string): void => {
    axes[axis] = name;
    reasons[axis] = reason;
  };
  /** The open axis that has such a row; of several, the last. */
  const settleBy = (name: AxisName, rows: (count: number) => readonly ArrayFacts[]): void => {
    const axis = axes.includes(name) ? undefined : open().findLast((a) => shape[a] > 1 && rows(shape[a]).length > 0);
    if (axis === undefined) return;
    const [row] = rows(shape[axis]);
    told[name] = row;
    settle(axis, name, `as long as “${row.key}”`);
  };

  settleBy('time', (n) => timeRows(arrays, n));
  settleBy('neuron', (n) => neuronRows(arrays, n));
  settleBy('neuron', (n) => arrays.filter((r) => r.levels !== undefined && lengthOf(r) === n && isOfNeurons(r)));
  if (list && list.ragged !== null && axes[list.ragged] === null) {
    settle(list.ragged, 'trial', 'differs in length between the entries of the list');
    settle(0, 'condition', 'the list: each entry has its own number of trials');
  }
  const spare = (): number => open().length - ['neuron', 'time'].filter((name) => !axes.includes(name as AxisName)).length; // prettier-ignore
  const isNamed = (rows: readonly ArrayFacts[]): ArrayFacts[] => rows.filter((r) => rankOf(r) < Infinity);
  if (spare() > 0) settleBy('trial', (n) => isNamed(labelRows(arrays, n, 'trial')));
  if (spare() > 0) settleBy('condition', (n) => isNamed(labelRows(arrays, n, 'condition')));
  if (spare() > 0 && list && axes[0] === null) {
    const trials = wordsOf(key ?? '').some((word) => word.startsWith('trial'));
    settle(0, trials ? 'trial' : 'condition', `the list, one array per ${trials ? 'trial' : 'condition'}`);
  }
  while (spare() > 0) {
    const smallest = open().toSorted((a, b) => shape[a] - shape[b] || b - a)[0];
    const isTrial = axes.includes('condition') && !axes.includes('trial');
    settle(smallest, isTrial ? 'trial' : 'condition', isTrial ? 'the shortest of the rest' : 'the shortest');
  }
  settleRest();
  return { axes: axes as AxisName[], reasons, told };

  /** neuron and time, as far as they are not known */
  function settleRest(): void {
    const [first, second] = open();
    if (second === undefined) {
      const name = axes.includes('neuron') ? 'time' : 'neuron';
      if (first !== undefined) settle(first, name, 'what is left');
      return;
    }
    const timeFirst = shape.length === 2 && shape[first] > shape[second];
    const why = shape.length === 2 ? ['the shorter', 'the longer'] : ['the first of the others', 'the last of the others']; // prettier-ignore
    settle(timeFirst ? second : first, 'neuron', why[0]);
    settle(timeFirst ? first : second, 'time', why[1]);
  }
}
