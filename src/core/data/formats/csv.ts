/**
 * Tables as text: comma, tab or semicolon between cells, quotes as RFC 4180 has them, a decimal point, a first line of names
 * or none. The value is a dictionary:
 *
 *   numbers   rows × columns of numbers; absent where there are none
 *   names     of these columns
 *   columns   every column by name: an array, NaN where a cell is missing, or a list of texts
 *
 * A column is of numbers when most of its cells are; a cell of another kind is then an error that says where it is. The file
 * is read twice: for its kinds and rows first, then for the numbers.
 * Source: RFC 4180.
 */
import { LabError } from '../../errors.ts';
import { kindOf, numberOf, separatorOf } from './csvCells.ts';
import { encodingOf, recordsOf } from './csvRecords.ts';
import type { CsvFail } from './csvRecords.ts';
import { defineFormat } from './format.ts';
import type { FileArray, FileValue } from './format.ts';
import { Memory } from './memory.ts';
import { openValue } from './openValue.ts';
import { headOf } from './source.ts';
import type { ByteSource } from './source.ts';

const mostColumns = 100_000;
const headLength = 64 * 1024;

export const csv = defineFormat({
  id: 'csv',
  label: 'Table',
  extensions: ['.csv', '.tsv'],
  recognises(source, name) {
    const head = textHead(source);
    return head !== null && (/\.[ct]sv$/i.test(name) || separatorOf(head, source.size <= headLength) !== null);
  },
  open(source, name) {
    const fail: CsvFail = (code, what) => {
      throw new LabError(`format.csv.${code}`, `Reading "${name}": ${what}`);
    };
    return openValue(readTable(source, fail, new Memory(name)), name);
  },
});

/** The beginning of the file where it is text. */
function textHead(source: ByteSource): string | null {
  const bytes = headOf(source, headLength);
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes, { stream: true });
    // eslint-disable-next-line no-control-regex -- they tell that it is no text
    return text === '' || /[\0-\x08\x0e-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

type Column = { name: string; isText: boolean };

function readTable(source: ByteSource, fail: CsvFail, memory: Memory): FileValue {
  const head =
    textHead(source) ?? fail('encoding', 'expected text in UTF-8, found other bytes. Save the table as "CSV UTF-8".');
  const separator = separatorOf(head, source.size <= headLength) ?? commonest(head);
  const { columns, rows, hasNames } = survey(source, separator, fail);
  const numeric = columns.filter(({ isText }) => !isText);
  const numbers = memory.numbers('float64', rows * numeric.length);
  const values = columns.map(({ isText }): string[] | FileArray['data'] =>
    isText ? [] : memory.numbers('float64', rows),
  );
  const known = new Map<string, string>();
  let row = hasNames ? -1 : 0;
  for (const { cells, line } of recordsOf(source, separator, fail)) {
    for (let c = 0, n = 0; row >= 0 && c < columns.length; c++) {
      const column = values[c];
      const cell = cells[c];
      if ('push' in column) column.push(kept(cell, known, memory));
      else numbers[row * numeric.length + n++] = column[row] = checked(cell, line, c, columns[c], fail);
    }
    row += 1;
  }
  const array = (shape: number[], data: FileArray['data']): FileArray => ({
    kind: 'array',
    dtype: 'float64',
    shape,
    data,
  });
  return new Map<string, FileValue>([
    ...(numeric.length > 0 ? [['numbers', array([rows, numeric.length], numbers)] as const] : []),
    ['names', numeric.map((column) => column.name)],
    ['columns', new Map(values.map((v, c) => [columns[c].name, Array.isArray(v) ? v : array([rows], v)]))],
  ]);
}

/** Where the first lines do not fit one another, the reader is to say which. */
function commonest(head: string): string {
  const [first] = head.split(/[\r\n]/, 1);
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((a, b) => (count(b) > count(a) ? b : a));
}

/** Columns with their kinds, and the number of rows. Throws where rows are not of one length. */
function survey(
  source: ByteSource,
  separator: string,
  fail: CsvFail,
): { columns: Column[]; rows: number; hasNames: boolean } {
  let first: readonly string[] | null = null;
  let counts: { number: number; missing: number; text: number; decimalComma: number }[] = [];
  let rows = 0;
  for (const { cells, line } of recordsOf(source, separator, fail)) {
    if (first === null) {
      if (cells.length > mostColumns)
        fail('columns', `expected ${mostColumns} columns at most, found ${cells.length}.`);
      first = cells;
      counts = cells.map(() => ({ number: 0, missing: 0, text: 0, decimalComma: 0 }));
      continue;
    }
    if (cells.length !== first.length) {
      fail(
        'row',
        `line ${line}: expected ${first.length} cells, as in the first line, found ${cells.length}. Correct that line.`,
      );
    }
    for (let c = 0; c < cells.length; c++) counts[c][kindOf(cells[c])] += 1;
    rows += 1;
  }
  if (first === null) return fail('empty', 'expected a table, found no line with content. Choose another file.');
  const kinds = first.map(kindOf);
  const ofNumbers = counts.map(({ number, text, decimalComma }) => number + decimalComma > text);
  const hasNames = kinds.some((kind, c) => kind === 'text' && ofNumbers[c]) || !kinds.includes('number');
  if (hasNames && rows === 0) fail('empty', 'expected rows below the line of names, found none. Choose another file.');
  const names = hasNames ? namesIn(first, fail) : first.map((_, c) => `column ${c + 1}`);
  const isText = counts.map(({ text }, c) => text > 0 && !ofNumbers[c]);
  if (!hasNames) kinds.forEach((kind, c) => (isText[c] ||= kind === 'text' && !ofNumbers[c]));
  return { columns: names.map((name, c) => ({ name, isText: isText[c] })), rows: rows + (hasNames ? 0 : 1), hasNames };
}

/** numpy.savetxt puts "# " before the names; a first column without one holds the numbers of the rows, as pandas writes it. */
function namesIn(cells: readonly string[], fail: CsvFail): string[] {
  const names = cells.map((cell, c) => {
    const bare = c === 0 ? cell.trim().replace(/^#\s*/, '') : cell.trim();
    return bare || (c === 0 ? 'index' : `column ${c + 1}`);
  });
  const twice = names.findIndex((name, c) => names.indexOf(name) < c);
  if (twice >= 0) fail('names', `${shown(names[twice])} is the name of more than one column. Rename one of them.`);
  return names;
}

function checked(cell: string, line: number, column: number, { name }: Column, fail: CsvFail): number {
  const value = numberOf(cell);
  const where = `line ${line}, column ${column + 1} (${shown(name)})`;
  if (Number.isNaN(value) && kindOf(cell) !== 'missing') {
    const comma = kindOf(cell) === 'decimalComma';
    const advice = comma ? 'Save the table with a decimal point.' : 'Correct it, or leave the cell empty.';
    return fail('number', `${where}: expected a number, as in most of that column, found ${shown(cell)}. ${advice}`);
  }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^\s*[+-]?\d+\s*$/.test(cell)) {
    fail('integer', `${where}: the whole number ${cell.trim().slice(0, 30)} is beyond 2^53 and would lose digits.`);
  }
  return value;
}

/** One text for all cells that are alike. */
function kept(cell: string, known: Map<string, string>, memory: Memory): string {
  memory.take(8);
  const before = known.get(cell);
  if (before !== undefined) return before;
  memory.take(2 * cell.length + 64);
  known.set(cell, cell);
  return cell;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));
