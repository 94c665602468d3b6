/** What a cell of a table is, and what separates cells. */
import { recordAt } from './csvRecords.ts';

export type CellKind = 'number' | 'missing' | 'text' | 'decimalComma';

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const comma = /^[+-]?\d*,\d+([eE][+-]?\d+)?$/;
const missing = new Set(['', 'nan', 'na', 'n/a', 'null', 'none', '#n/a']);
const infinite = /^([+-]?)inf(inity)?$/i;

export function kindOf(cell: string): CellKind {
  const bare = cell.trim();
  if (number.test(bare) || infinite.test(bare)) return 'number';
  if (missing.has(bare.toLowerCase())) return 'missing';
  return comma.test(bare) ? 'decimalComma' : 'text';
}

/** NaN for what is missing. */
export function numberOf(cell: string): number {
  const bare = cell.trim();
  if (number.test(bare)) return Number(bare);
  const sign = infinite.exec(bare)?.[1];
  if (sign === undefined) return NaN;
  return sign === '-' ? -Infinity : Infinity;
}

const separators = ['\t', ';', ','] as const;
const looksAt = 50;

/**
 * The separator by which the first records have the same number of cells, at least 2, and most of them numbers (a decimal
 * comma counts as one here, for the reader to refuse). null: none. head: the beginning of the file; isAll: there is no more.
 */
export function separatorOf(head: string, isAll: boolean): string | null {
  const fitting = separators.map((separator) => ({ separator, share: shareOfNumbers(head, separator, isAll) }));
  const best = fitting.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share < 0 ? null : best.separator;
}

/** −1 where the records do not fit one another. */
function shareOfNumbers(head: string, separator: string, isAll: boolean): number {
  const found = { records: 0, cells: 0, numbers: 0 };
  let width = 0;
  try {
    for (let at = 0; at < head.length && found.records < looksAt;) {
      const record = recordAt(head, at, separator, isAll, () => {
        throw new RangeError();
      });
      if (record === null) break;
      at = record.next;
      if (record.cells.length === 1 && record.cells[0] === '') continue;
      width ||= record.cells.length;
      if (width < 2 || record.cells.length !== width) return -1;
      found.records += 1;
      found.cells += width;
      found.numbers += record.cells.filter((cell) => ['number', 'decimalComma'].includes(kindOf(cell))).length;
    }
  } catch (error) {
    if (error instanceof RangeError) return -1;
    throw error;
  }
  return found.records < 2 ? -1 : found.numbers / found.cells;
}
