/** What the parts of a chart share: its points and lines, and where each point comes from. */
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { PointOrigin } from '../core/figures/figure.ts';

/** A point knows where it comes from, so that hovering can say so and clicking can go there. */
export type ChartPoint = {
  readonly x: number;
  readonly y: number;
  readonly origin: PointOrigin | null;
  /** seeds averaged, for points of a mean */
  readonly n: number | null;
};
export type LineDataset = ChartDataset<'line', ChartPoint[]> & { readonly group: string };
export type LineChart = ChartConfiguration<'line', ChartPoint[]>;
