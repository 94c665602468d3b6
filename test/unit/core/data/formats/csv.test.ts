/** Tables as text, with answers known beforehand, and as Python's csv module writes them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../../../src/core/data/formats/csv.ts';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { formatOf } from '../../../../../src/core/data/formats/index.ts';
import { limits } from '../../../../../src/core/data/formats/limits.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';
import { python, pythonLacks } from '../../../../support/python.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Columns by name, and the numbers as rows. */
function table(content: string | Uint8Array): { columns: Record<string, unknown>; rows: number[][] } {
  const value = csv.read(typeof content === 'string' ? bytes(content) : content, 'x.csv') as Map<string, FileValue>;
  const columns = value.get('columns') as Map<string, FileArray | string[]>;
  const numbers = value.get('numbers') as FileArray | undefined;
  const [rows, width] = numbers?.shape ?? [0, 0];
  return {
    columns: Object.fromEntries([...columns].map(([name, c]) => [name, Array.isArray(c) ? c : [...c.data]])),
    rows: Array.from({ length: rows }, (_, r) => [...numbers!.data.slice(r * width, (r + 1) * width)]),
  };
}

const refusal = (content: string | Uint8Array): string => {
  const read = (): unknown => table(content);
  return `${codeOf(read)} ${messageOf(read)}`;
};

describe('a table', () => {
  it.each([',', '\t', ';'])('is read with its separator (%j), names and kinds of columns', (s) => {
    expect(table(`x${s}name${s}y\n1${s}a${s}-2.5e3\n.5${s}b${s}+4.\n`)).toEqual({
      columns: { x: [1, 0.5], name: ['a', 'b'], y: [-2500, 4] },
      rows: [[1, -2500], [0.5, 4]], // prettier-ignore
    });
  });

  it('without names has numbered columns', () => {
    expect(table('1,2\n3,4\n')).toEqual({ columns: { 'column 1': [1, 3], 'column 2': [2, 4] }, rows: [[1, 2], [3, 4]] }); // prettier-ignore
    expect(table('a,1\nb,2').columns).toEqual({ 'column 1': ['a', 'b'], 'column 2': [1, 2] });
  });

  it('has missing cells and infinite numbers', () => {
    const { columns } = table('a,b\n,NaN\nNA,1\n-inf,n/a\nInfinity,null\n');
    expect(columns).toEqual({ a: [NaN, NaN, -Infinity, Infinity], b: [NaN, 1, NaN, NaN] });
  });

  it('has quotes around separators, lines and quotes', () => {
    expect(table('"the ""name""","x"\r\n"a,b","1"\r\n"c\r\nd","2"\r\n').columns).toEqual({
      'the "name"': ['a,b', 'c\r\nd'],
      x: [1, 2],
    });
  });

  it.each(['\n', '\r\n', '\r'])('ends its lines with %j, the last with nothing, and may have empty ones', (end) => {
    expect(table(`a,b${end}1,2${end}${end}3,4`).rows).toEqual([[1, 2], [3, 4]]); // prettier-ignore
  });

  it('is UTF-8 with or without a mark, or UTF-16', () => {
    const answer = { 'Süd': ['ä', 'ö'], n: [1, 2] }; // prettier-ignore
    const text = 'Süd,n\nä,1\nö,2\n';
    expect(table(text).columns).toEqual(answer);
    expect(table(`\ufeff${text}`).columns).toEqual(answer);
    expect(table(Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'))).columns).toEqual(answer);
    expect(refusal(Uint8Array.of(...bytes('a,b\n1,'), 0xfc, ...bytes('\n2,3\n')))).toMatch(
      /format.csv.encoding .*UTF-8/,
    );
  });

  it('has names as NumPy (after #) and pandas (none above the index) write them', () => {
    expect(Object.keys(table('# a,b\n1,2\n').columns)).toEqual(['a', 'b']);
    expect(Object.keys(table(',a\n0,2\n1,3\n').columns)).toEqual(['index', 'a']);
  });

  it('is read in pieces without a difference', () => {
    const row = '"some ""text"", long",12.5,-3\r\n';
    const rows = Math.ceil((1.5 * limits.chunk) / row.length);
    const { columns } = table(`text,x,y\r\n${row.repeat(rows)}`);
    expect(columns['text']).toEqual(Array.from({ length: rows }, () => 'some "text", long'));
    expect((columns['x'] as number[]).every((x) => x === 12.5)).toBe(true);
    expect(columns['y']).toHaveLength(rows);
  });

  it.each([
    ['a,b\n1,2\n3\n', 'format.csv.row', 'line 3: expected 2 cells, as in the first line, found 1.'],
    ['a,b\n1,2\n3,4\nx,5\n', 'format.csv.number', 'line 4, column 1 ("a"): expected a number'],
    ['a,b\n"1\n",2\n3,4\nx,5\n', 'format.csv.number', 'line 5, column 1 ("a")'],
    ['a;b\n1,5;2,5\n1,0;2,0\n', 'format.csv.number', 'line 2, column 1 ("a"): expected a number, as in most of that column, found "1,5". Save the table with a decimal point.'], // prettier-ignore
    ['a,b\n1,"2\n3,4\n', 'format.csv.quotes', 'line 2, column 2: its quotes are not closed.'],
    ['a,b\n"1"x,2\n', 'format.csv.quotes', 'line 2, column 1: text follows its closing quotes.'],
    ['a,a\n1,2\n', 'format.csv.names', '"a" is the name of more than one column.'],
    ['a,b\n', 'format.csv.empty', 'expected rows below the line of names'],
    ['a,b\n9007199254740993,2\n', 'format.csv.integer', 'line 2, column 1 ("a")'],
  ])('that is wrong is refused with its place: %j', (content, code, what) => {
    expect(refusal(content)).toContain(`${code} Reading "x.csv": ${what}`);
  });

  it('is told from other text by its content, or by its name', () => {
    expect(formatOf(bytes('1\t2\n3\t4\n'), 'data.txt').id).toBe('csv');
    expect(formatOf(bytes('rate\n1\n2\n'), 'one.csv').id).toBe('csv');
    for (const text of ['Dear reader, this\nis, as you see,\nno table', '{"a": 1}', 'x']) {
      expect(() => formatOf(bytes(text), 'notes.txt')).toThrow(expect.objectContaining({ code: 'format.unknown' }));
    }
  });
});

const lacks = pythonLacks('csv');

describe.skipIf(lacks !== null)(`tables of Python's csv (${lacks ?? 'written and read again'})`, () => {
  it.each(['excel', 'excel-tab', 'unix'])('of the dialect %s', (dialect) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-csv-'));
    try {
      const file = path.join(folder, 'x.csv');
      const wrote = python<{ x: number[]; text: string[] }>(
        `
import csv, json, random, sys
random.seed(1)
x = [random.gauss(0, 1) * 10 ** random.randint(-200, 200) for _ in range(500)]
text = [''.join(random.choice('ab ,;"\\t\\n\\r\\u00fc\\u4e2d') for _ in range(random.randint(1, 9))) for _ in x]
with open(sys.argv[1], 'w', newline='', encoding='utf-8') as f:
    w = csv.writer(f, dialect=sys.argv[2]); w.writerow(['x', 'text']); w.writerows(zip(x, text))
print(json.dumps(dict(x=x, text=text)))`,
        file,
        dialect,
      );
      expect(table(new Uint8Array(readFileSync(file))).columns).toEqual(wrote);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
