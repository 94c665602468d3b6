/**
 * Tables whose columns are known → condition averages. Neurons and conditions come in the order in which they appear, times
 * ascend. Without trials every neuron has to have every time of every condition once; trials are averaged over, and a neuron
 * without any row of a trial was not recorded in it.
 */
import { sizeOf, tensor } from '../../math/tensor.ts';
import type { Condition } from '../dataset.ts';
import { averageTrials } from './averageTrials.ts';
import { stridesOf } from './axes.ts';
import { conditionOf } from './labelledConditions.ts';
import { contentOfAverages } from './mapped.ts';
import type { Content } from './layout.ts';
import { refuse, unitOfTime } from './tableColumns.ts';
import type { TableColumn } from './tableColumns.ts';

export type TableRoles = {
  time: TableColumn;
  /** ms per unit of the times; null: told by their name and steps */
  timeUnit: number | null;
  /** together they say which condition a row is of; none: there is one */
  conditions: readonly TableColumn[];
  /** tells trials of a condition apart; null: there are none */
  trial: TableColumn | null;
  /** one rate a row, or one column per neuron */
  rates: { neuron: TableColumn; rate: TableColumn } | readonly TableColumn[];
};

/** Throws LabError `data.table`, and what `averageTrials` throws. */
export function contentOfTable(
  roles: TableRoles,
  minTrials: number | undefined,
  fileName: string,
): Omit<Content, 'name' | 'alignment'> {
  const { neurons, names, rateOf } = ratesOf(roles.rates, fileName);
  const rows = roles.time.cells.length;
  const { steps, conditions, entries, place } = rowsOf(roles, rows, fileName);
  const shape = [names.length, steps.length, entries.length];
  const read = rows * neurons.perRow;
  const data = roles.trial ? missing(shape, fileName) : requireFits(shape, read, fileName);
  const filled = new Uint8Array(neurons.perRow === 1 ? data.length : steps.length * entries.length);
  const perNeuron = steps.length * entries.length;
  for (let row = 0; row < rows; row++) {
    const at = (neurons.perRow === 1 ? neurons.of(row) * perNeuron : 0) + place(row);
    if (filled[at]) twice(roles, row, fileName);
    filled[at] = 1;
    for (let n = 0; n < neurons.perRow; n++) data[at + n * perNeuron] = rateOf(row, n);
  }
  const common = { simulated: false, timeMs: steps, kinematics: {} };
  if (!roles.trial) {
    return { ...common, activity: tensor(shape, data), neuronNames: names, conditions, facts: {} };
  }
  const [neuronStride, timeStride] = stridesOf(shape);
  const trials = entries.map((condition, offset) => ({ condition, offset }));
  const sizes = { neurons: names.length, steps: steps.length, conditions: conditions.length };
  const averages = averageTrials(
    { data, single: false, ...sizes, neuronStride, timeStride, trials },
    minTrials,
    fileName,
  );
  return { ...common, ...contentOfAverages(averages, conditions, names) };
}

type Rates = {
  names: string[];
  neurons: { perRow: number; of: (row: number) => number };
  rateOf: (row: number, neuron: number) => number;
};

function ratesOf(rates: TableRoles['rates'], fileName: string): Rates {
  if ('rate' in rates) {
    const { cells, name } = rates.rate;
    if (!isNumbers(cells)) return refuse(fileName, `expected numbers in "${name}", found text. Correct them.`);
    const { levels, of } = levelsOf([rates.neuron], fileName);
    const names = levels.map(([level]) => String(level));
    return { names, neurons: { perRow: 1, of: (row) => of[row] }, rateOf: (row) => cells[row] };
  }
  const columns = rates.map(({ name, cells }) =>
    isNumbers(cells)
      ? cells
      : refuse(fileName, `expected rates of a neuron in "${name}", found text. Remove it, or name it condition.`),
  );
  const neurons = { perRow: columns.length, of: () => 0 };
  return { names: rates.map(({ name }) => name), neurons, rateOf: (row, n) => columns[n][row] };
}

const isNumbers = (cells: TableColumn['cells']): cells is Float64Array => cells instanceof Float64Array;

type Level = (string | number)[];

/** Rows as places among the different combinations of these columns, in the order in which they appear. */
function levelsOf(columns: readonly TableColumn[], fileName: string): { levels: Level[]; of: Int32Array } {
  const places = new Map<string | number, number>();
  const levels: Level[] = [];
  const of = new Int32Array(columns[0].cells.length);
  for (let row = 0; row < of.length; row++) {
    const level = columns.map(({ name, cells }) => {
      const cell = cells[row];
      if (cell === '' || Number.isNaN(cell)) refuse(fileName, `"${name}" is missing in row ${row + 1}. Fill it in.`);
      return cell;
    });
    const key = level.length === 1 ? level[0] : JSON.stringify(level);
    const place = places.get(key) ?? places.size;
    if (place === places.size) levels.push(level);
    places.set(key, place);
    of[row] = place;
  }
  return { levels, of };
}

type Rows = {
  steps: Float64Array;
  conditions: Condition[];
  /** the condition of each entry of the last axis: a condition, or a trial of one */
  entries: number[];
  /** of a row among steps × entries */
  place: (row: number) => number;
};

function rowsOf(
  { time: column, timeUnit, conditions: columns, trial }: TableRoles,
  rows: number,
  fileName: string,
): Rows {
  const { name, cells } = column;
  if (!isNumbers(cells)) return refuse(fileName, `expected numbers in "${name}", found text. Give times in ms.`);
  const time = levelsOf([column], fileName);
  const order = Float64Array.from(time.levels, ([t]) => t as number).sort();
  const stepAt = new Map([...order].map((t, step) => [t, step]));
  const stepOf = time.levels.map(([t]) => stepAt.get(t as number)!);
  const condition = columns.length > 0 ? levelsOf(columns, fileName) : { levels: [[]], of: new Int32Array(rows) };
  const entry = trial ? levelsOf([...columns, trial], fileName) : condition;
  const entries = entry.levels.map(() => 0);
  for (let row = 0; row < rows; row++) entries[entry.of[row]] = condition.of[row];
  return {
    steps: inMs(order, name, timeUnit, fileName),
    conditions: condition.levels.map((level) => conditionNamed(columns, level)),
    entries,
    place: (row) => stepOf[time.of[row]] * entries.length + entry.of[row],
  };
}

function conditionNamed(columns: readonly TableColumn[], level: Level): Condition {
  if (level.length === 0) return { label: 'all', values: {} };
  const condition = conditionOf(columns, level);
  return level.length === 1 ? { ...condition, label: String(level[0]) } : condition;
}

/** Times as they are written may be rounded; the steps between them are made even. */
function inMs(times: Float64Array, name: string, timeUnit: number | null, fileName: string): Float64Array {
  const last = times.length - 1;
  if (last < 1) return times;
  const step = (times[last] - times[0]) / last;
  const uneven = times.findIndex((t, i) => !(Math.abs(t - times[0] - i * step) <= 0.01 * step));
  if (uneven >= 0) {
    const [from, to] = uneven === 0 ? [0, 1] : [uneven - 1, uneven];
    refuse(
      fileName,
      `expected times in even steps, found ${times[from]} followed by ${times[to]} in "${name}". Resample the recording first.`,
    );
  }
  const unit = timeUnit ?? unitOfTime(name) ?? (step < 1 ? 1000 : 1);
  return times.map((t) => round(t * unit));
}

/** 0.29 s are 290 ms, not 290 and some noise. */
const round = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** The numbers to be filled; every combination has to be there once, so rows say how many there are. */
function requireFits(shape: readonly number[], found: number, fileName: string): Float64Array {
  const [neurons, steps, conditions] = shape;
  const expected = neurons * steps * conditions;
  if (found === expected) return new Float64Array(expected);
  const trials = found > expected ? ' Where there are trials, say which column tells them apart.' : '';
  return refuse(
    fileName,
    `expected a rate for each of ${neurons} neurons, ${steps} times and ${conditions} conditions (${expected}), found ${found}. Every condition has to have the same times, once.${trials}`,
  );
}

/** Rates that a table of trials may name; more were not recorded together, and would be missing nearly everywhere. */
const mostRates = 2 ** 27;

function missing(shape: readonly number[], fileName: string): Float64Array {
  if (sizeOf(shape) <= mostRates) return new Float64Array(sizeOf(shape)).fill(NaN);
  const [neurons, steps, trials] = shape;
  return refuse(
    fileName,
    `expected at most ${mostRates} rates, found ${neurons} neurons × ${steps} times × ${trials} trials. Average over the trials first.`,
  );
}

function twice({ trial, conditions, rates }: TableRoles, row: number, fileName: string): never {
  const parts = ['rate' in rates ? 'neuron' : '', 'time', conditions.length > 0 || !trial ? 'condition' : '', trial ? 'trial' : '']; // prettier-ignore
  const said = parts.filter(Boolean).join(', ').replace(/, (\w+)$/, ' and $1'); // prettier-ignore
  const advice = trial ? 'Number the trials of each condition.' : 'Average over trials first, or name the column that tells them apart "trial".'; // prettier-ignore
  return refuse(fileName, `row ${row + 1} has the ${said} of another row. ${advice}`);
}
