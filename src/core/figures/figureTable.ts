/** Every number of a figure, one row each, to be written as CSV. */
import { csvText } from './csv.ts';
import type { Figure } from './figure.ts';
import { statisticsRows } from './statisticsRows.ts';

export type FigureRow = {
  readonly mark: 'member' | 'mean' | 'band' | 'reference' | 'statistic';
  /** the legend's entry; empty for references */
  readonly group: string;
  readonly label: string;
  readonly run: string | null;
  readonly seed: number | null;
  readonly update: number | null;
  readonly x: number | null;
  readonly y: number | null;
  /** of a band, or of a statistic's interval */
  readonly low: number | null;
  readonly high: number | null;
  /** seeds averaged, or counted */
  readonly n: number | null;
};

const columns = ['mark', 'group', 'label', 'run', 'seed', 'update', 'x', 'y', 'low', 'high', 'n'] as const;
const absent = { run: null, seed: null, update: null, x: null, y: null, low: null, high: null, n: null };

/** Rows that are made when they are asked for: long curves have hundreds of thousands. */
export type FigureRows = { readonly length: number; slice(from: number, to: number): FigureRow[] };

export function figureTable(figure: Figure): FigureRow[] {
  const rows = figureRows(figure);
  return rows.slice(0, rows.length);
}

export function figureRows(figure: Figure): FigureRows {
  const labels = new Map(figure.groups.map(({ id, label }) => [id, label]));
  const statistics = figure.comparison ? statisticsRows(figure.comparison.statistics) : [];
  const parts: { length: number; row: (i: number) => FigureRow }[] = [
    ...figure.lines.map((line) => ({
      length: line.x.length,
      row: (i: number) => ({
        ...absent,
        mark: line.role,
        group: labels.get(line.group) ?? line.group,
        label: line.label,
        ...line.origins[i],
        x: figure.x.places ? null : line.x[i], // the group says where
        y: line.y[i],
        n: line.n[i] ?? null,
      }),
    })),
    ...figure.bands.map((band) => ({
      length: band.x.length,
      row: (i: number) => ({
        ...absent,
        mark: 'band' as const,
        group: labels.get(band.group) ?? band.group,
        label: band.label,
        x: figure.x.places ? null : band.x[i],
        low: band.low[i],
        high: band.high[i],
      }),
    })),
    {
      length: figure.references.length,
      row: (i) => ({ ...absent, mark: 'reference', group: '', ...figure.references[i] }),
    },
    { length: statistics.length, row: (i) => ({ ...absent, mark: 'statistic', ...statistics[i] }) },
  ];
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    slice(from, to) {
      const rows: FigureRow[] = [];
      let start = 0;
      for (const { length, row } of parts) {
        for (let i = Math.max(from - start, 0); i < Math.min(to - start, length); i++) rows.push(row(i));
        start += length;
      }
      return rows;
    },
  };
}

export function toCsv(rows: readonly FigureRow[]): string {
  return csvText(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}
