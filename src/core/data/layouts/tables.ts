/**
 * Condition averages as tables, told by the names of their columns:
 *
 *   long   neuron, time, condition, rate: one number a row
 *   wide   time, condition, one column per neuron: one time of one condition a row
 *
 * Without a column of conditions there is one. Neurons and conditions come in the order in which they appear, times ascend.
 */
import { tensor } from '../../math/tensor.ts';
import type { Condition } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';
import type { Content, Layout } from './layout.ts';
import { refuse, roleOf, rolesIn, tableOf, unitOfTime } from './tableColumns.ts';
import type { Role, TableColumn } from './tableColumns.ts';

const has = (value: FileValue, ...roles: Role[]): boolean => {
  const found = (tableOf(value) ?? []).map(({ name }) => roleOf(name));
  return roles.every((role) => found.includes(role));
};

export const longTable: Layout = {
  id: 'table-long',
  recognises: (value) => has(value, 'neuron', 'time', 'rate'),
  toContent(value, fileName) {
    const roles = rolesIn(tableOf(value)!, fileName);
    refuseTrials(roles, fileName);
    const { cells: rates, name } = roles.get('rate')!;
    if (!isNumbers(rates)) return refuse(fileName, `expected numbers in "${name}", found text. Correct them.`);
    const neuron = levelsOf(roles.get('neuron')!, fileName);
    const { steps, conditions, place } = rowsOf(roles, rates.length, fileName);
    const shape = [neuron.levels.length, steps.length, conditions.length];
    const data = requireFits(shape, rates.length, fileName);
    const filled = new Uint8Array(data.length);
    for (let row = 0; row < rates.length; row++) {
      const at = neuron.of[row] * steps.length * conditions.length + place(row);
      if (filled[at]) twice(fileName, row, 'neuron, time and condition');
      filled[at] = 1;
      data[at] = rates[row];
    }
    return { ...content(shape, data, steps, conditions, fileName), neuronNames: neuron.levels.map(String) };
  },
};

export const wideTable: Layout = {
  id: 'table-wide',
  recognises: (value) => has(value, 'time') && !has(value, 'neuron'),
  toContent(value, fileName) {
    const columns = tableOf(value)!;
    // any names may be those of neurons; only these columns are something else
    const roles = rolesIn(
      columns.filter(({ name }) => ['time', 'condition', 'trial', 'index'].includes(roleOf(name) ?? '')),
      fileName,
    );
    refuseTrials(roles, fileName);
    const neurons = columns.filter((column) => ![...roles.values()].includes(column));
    const rows = columns[0].cells.length;
    const { steps, conditions, place } = rowsOf(roles, rows, fileName);
    const shape = [neurons.length, steps.length, conditions.length];
    const data = requireFits(shape, rows * neurons.length, fileName);
    const filled = new Uint8Array(steps.length * conditions.length);
    for (let row = 0; row < rows; row++) {
      if (filled[place(row)]) twice(fileName, row, 'time and condition');
      filled[place(row)] = 1;
    }
    neurons.forEach(({ name, cells }, n) => {
      if (!isNumbers(cells)) {
        return refuse(
          fileName,
          `expected rates of a neuron in "${name}", found text. Remove it, or name it condition.`,
        );
      }
      for (let row = 0; row < rows; row++) data[n * filled.length + place(row)] = cells[row];
    });
    return {
      ...content(shape, data, steps, conditions, fileName),
      neuronNames: neurons.map(({ name }) => name),
    };
  },
};

/** Throws LabError `data.table` for a table that neither layout understands. */
export function requireNoTable(value: FileValue, fileName: string): void {
  const columns = tableOf(value);
  if (!columns) return;
  const names = columns.slice(0, 12).map(({ name }) => `"${name.slice(0, 40)}"`);
  const more = columns.length > names.length ? ` and ${columns.length - names.length} more` : '';
  refuse(
    fileName,
    `expected the columns neuron, time, condition and rate, or time, condition and one per neuron; found ${names.join(', ')}${more}. Name them in the first line.`,
  );
}

const isNumbers = (cells: TableColumn['cells']): cells is Float64Array => cells instanceof Float64Array;

function refuseTrials(roles: ReadonlyMap<Role, TableColumn>, fileName: string): void {
  const trial = roles.get('trial');
  if (trial && new Set<unknown>(trial.cells).size > 1) {
    refuse(fileName, `it has single trials (column "${trial.name}"). Average over the trials of each condition first.`);
  }
}

/** A column as places among its different cells, in the order in which they appear. */
function levelsOf({ name, cells }: TableColumn, fileName: string): { levels: (string | number)[]; of: Int32Array } {
  const places = new Map<string | number, number>();
  const of = Int32Array.from(
    cells as ArrayLike<string | number> & Iterable<string | number>,
    (cell: string | number, row: number) => {
      if (cell === '' || Number.isNaN(cell)) refuse(fileName, `"${name}" is missing in row ${row + 1}. Fill it in.`);
      const place = places.get(cell) ?? places.size;
      places.set(cell, place);
      return place;
    },
  );
  return { levels: [...places.keys()], of };
}

type Rows = { steps: Float64Array; conditions: Condition[]; place: (row: number) => number };

/** place: of a row among steps × conditions */
function rowsOf(roles: ReadonlyMap<Role, TableColumn>, rows: number, fileName: string): Rows {
  const { name, cells } = roles.get('time')!;
  if (!isNumbers(cells)) return refuse(fileName, `expected numbers in "${name}", found text. Give times in ms.`);
  const time = levelsOf({ name, cells }, fileName);
  const order = Float64Array.from(time.levels as number[]).sort();
  const stepAt = new Map([...order].map((t, step) => [t, step]));
  const stepOf = time.levels.map((t) => stepAt.get(t as number)!);
  const column = roles.get('condition');
  const condition = column ? levelsOf(column, fileName) : { levels: ['all'], of: new Int32Array(rows) };
  const count = condition.levels.length;
  return {
    steps: inMs(order, name, fileName),
    conditions: condition.levels.map((level) => ({
      label: String(level),
      values: typeof level === 'number' ? { [column!.name]: level } : {},
    })),
    place: (row) => stepOf[time.of[row]] * count + condition.of[row],
  };
}

/** Times as they are written may be rounded; the steps between them are made even. */
function inMs(times: Float64Array, name: string, fileName: string): Float64Array {
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
  const unit = unitOfTime(name) ?? (step < 1 ? 1000 : 1);
  return times.map((t) => round(t * unit));
}

/** 0.29 s are 290 ms, not 290 and some noise. */
const round = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** The numbers to be filled; every combination has to be there once, so rows say how many there are. */
function requireFits(shape: readonly number[], found: number, fileName: string): Float64Array {
  const [neurons, steps, conditions] = shape;
  const expected = neurons * steps * conditions;
  if (found === expected) return new Float64Array(expected);
  return refuse(
    fileName,
    `expected a rate for each of ${neurons} neurons, ${steps} times and ${conditions} conditions (${expected}), found ${found}. Every condition has to have the same times, once.`,
  );
}

function twice(fileName: string, row: number, what: string): never {
  return refuse(fileName, `row ${row + 1} has the ${what} of another row. Average over trials first.`);
}

const content = (
  shape: number[],
  data: Float64Array,
  timeMs: Float64Array,
  conditions: Condition[],
  fileName: string,
): Content => ({
  name: fileName.replace(/\.[^.]*$/, ''),
  simulated: false,
  activity: tensor(shape, data),
  timeMs,
  alignment: 'alignment event',
  conditions,
  kinematics: {},
  facts: {},
});
