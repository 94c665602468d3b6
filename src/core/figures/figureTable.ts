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

export function figureTable(figure: Figure): FigureRow[] {
  const labels = new Map(figure.groups.map(({ id, label }) => [id, label]));
  return [
    ...figure.lines.flatMap((line) =>
      line.x.map((x, i) => ({
        ...absent,
        mark: line.role,
        group: labels.get(line.group) ?? line.group,
        label: line.label,
        ...line.origins[i],
        x: figure.x.places ? null : x, // the group says where
        y: line.y[i],
        n: line.n[i] ?? null,
      })),
    ),
    ...figure.bands.flatMap((band) =>
      band.x.map((x, i) => ({
        ...absent,
        mark: 'band' as const,
        group: labels.get(band.group) ?? band.group,
        label: band.label,
        x: figure.x.places ? null : x,
        low: band.low[i],
        high: band.high[i],
      })),
    ),
    ...figure.references.map(({ label, y }) => ({ ...absent, mark: 'reference' as const, group: '', label, y })),
    ...(figure.comparison ? statisticsRows(figure.comparison.statistics) : []).map((row) => ({
      ...absent,
      mark: 'statistic' as const,
      ...row,
    })),
  ];
}

export function toCsv(rows: readonly FigureRow[]): string {
  return csvText(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}
