/** Text with separators → records of cells, as RFC 4180 has them; lines may end in LF, CR LF or CR. */
import { LabError } from '../../errors.ts';
import { limits } from './limits.ts';
import type { ByteSource } from './source.ts';

/** line: where the record begins, from 1 */
export type CsvRecord = { readonly cells: readonly string[]; readonly line: number };

export type CsvFail = (code: string, what: string) => never;

/** Characters of one record; what is longer has quotes that are not closed. */
const longestRecord = 16 * 1024 ** 2;

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** All records that are not empty. */
export function* recordsOf(source: ByteSource, separator: string, fail: CsvFail): Generator<CsvRecord> {
  let text = '';
  let line = 1;
  for (const { piece, isLast } of textOf(source, fail)) {
    text += piece;
    let at = 0;
    while (at < text.length) {
      const record = recordAt(text, at, separator, isLast, (cell, lines, what) =>
        fail('quotes', `line ${line + lines}, column ${cell + 1}: ${what}`),
      );
      if (record === null) break;
      if (record.cells.length > 1 || record.cells[0] !== '') yield { cells: record.cells, line };
      at = record.next;
      line += record.lines;
    }
    text = text.slice(at);
    if (text.length > longestRecord) {
      fail('quotes', `line ${line} is longer than ${longestRecord} characters. Look for quotes that are not closed.`);
    }
  }
}

/** The text in pieces; UTF-8, or UTF-16 where a byte order mark says so. */
function* textOf(source: ByteSource, fail: CsvFail): Generator<{ piece: string; isLast: boolean }> {
  const decoder = new TextDecoder(encodingOf(source.read(0, Math.min(2, source.size))), { fatal: true });
  for (let at = 0; at < source.size;) {
    const length = Math.min(limits.chunk, source.size - at);
    const isLast = at + length === source.size;
    let piece = '';
    try {
      piece = decoder.decode(source.read(at, length), { stream: !isLast });
    } catch (error) {
      if (error instanceof LabError) throw error;
      fail('encoding', 'expected text in UTF-8, found other bytes. Save the table as "CSV UTF-8".');
    }
    yield { piece, isLast };
    at += length;
  }
}

export function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

type Read = { readonly cells: string[]; readonly next: number; readonly lines: number };

/** The record from `at` on, where the next one begins, and the lines it takes; null where its end is not there yet. */
export function recordAt(
  text: string,
  at: number,
  separator: string,
  isLast: boolean,
  fail: (cell: number, lines: number, what: string) => never,
): Read | null {
  const between = separator.charCodeAt(0);
  const cells: string[] = [];
  let lines = 0;
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      const quoted = quotedAt(text, at);
      if (quoted === null || (quoted.next === text.length && !isLast)) {
        return isLast ? fail(cells.length, lines, 'its quotes are not closed. Close them.') : null;
      }
      cells.push(quoted.cell);
      lines += quoted.cell.match(/\r\n?|\n/g)?.length ?? 0;
      at = quoted.next;
    } else {
      const start = at;
      for (; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === between || code === lineFeed || code === carriageReturn) break;
      }
      cells.push(text.slice(start, at));
    }
    if (at === text.length) return isLast ? { cells, next: at, lines } : null;
    const code = text.charCodeAt(at);
    if (code === between) at += 1;
    else if (code === lineFeed) return { cells, next: at + 1, lines: lines + 1 };
    else if (code === carriageReturn) {
      if (at + 1 === text.length && !isLast) return null;
      return { cells, next: at + (text.charCodeAt(at + 1) === lineFeed ? 2 : 1), lines: lines + 1 };
    } else {
      return fail(cells.length - 1, lines, 'text follows its closing quotes. Write a quote inside of quotes twice.');
    }
  }
}

function quotedAt(text: string, at: number): { cell: string; next: number } | null {
  let cell = '';
  for (let from = at + 1; ;) {
    const end = text.indexOf('"', from);
    if (end < 0) return null;
    cell += text.slice(from, end);
    if (text.charCodeAt(end + 1) !== quote) return { cell, next: end + 1 };
    cell += '"';
    from = end + 2;
  }
}
