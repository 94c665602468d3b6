/** What the parts of a chart share: its points and lines, and where each point comes from. */
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { Line, PointOrigin } from '../core/figures/figure.ts';

/** A point knows where it comes from, so that pointing at it can say so and clicking can go there. */
export type ChartPoint = {
  readonly x: number;
  readonly y: number;
  readonly origin: PointOrigin | null;
  /** seeds averaged, for points of a mean */
  readonly n: number | null;
};
export type LineDataset = ChartDataset<'line', ChartPoint[]> & {
  readonly group: string;
  /** drawn from its arrays, `data` being empty; null: Chart.js draws the dots in `data` */
  readonly line: Line | null;
  /** px within which points are drawn as one stroke; absent: a pixel of the bitmap */
  readonly column?: number;
};
export type LineChart = ChartConfiguration<'line', ChartPoint[]>;

export function pointsOf({ line, data }: LineDataset): { x: readonly number[]; y: readonly number[] } {
  return line ?? { x: data.map((p) => p.x), y: data.map((p) => p.y) };
}

export function pointAt({ line, data }: LineDataset, at: number): ChartPoint {
  return line ? { x: line.x[at], y: line.y[at], origin: line.origins[at] ?? null, n: line.n[at] ?? null } : data[at];
}
