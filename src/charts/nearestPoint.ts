/** Which point of a chart lies nearest to the pointer. */
import type { Chart } from 'chart.js';
import { pointAt, pointsOf } from './lineChart.ts';
import type { ChartPoint, LineDataset } from './lineChart.ts';
import { toPixel } from './linePath.ts';
import type { PlainScale } from './linePath.ts';

export type Near = {
  /** in CSS pixels of the canvas */
  readonly left: number;
  readonly top: number;
  readonly dataset: LineDataset;
  readonly point: ChartPoint;
};

/** left, top: the pointer on the canvas. Null outside of the plot, or where nothing is drawn. */
export function nearestPoint(chart: Chart, left: number, top: number): Near | null {
  const { chartArea: area } = chart;
  const inside = (x: number, y: number): boolean =>
    x >= area.left - 1 && x <= area.right + 1 && y >= area.top - 1 && y <= area.bottom + 1;
  if (!inside(left, top)) return null;
  const { x, y } = chart.scales as unknown as Record<'x' | 'y', PlainScale>;
  const [toX, toY] = [toPixel(x), toPixel(y)];
  let best: { at: number; dataset: LineDataset; left: number; top: number } | null = null;
  let least = Infinity;
  (chart.data.datasets as unknown as LineDataset[]).forEach((dataset, i) => {
    if (!chart.isDatasetVisible(i)) return;
    const points = pointsOf(dataset);
    for (let at = 0; at < points.x.length; at++) {
      const [px, py] = [toX(points.x[at]), toY(points.y[at])];
      const distance = (px - left) ** 2 + (py - top) ** 2;
      if (distance < least && inside(px, py)) [least, best] = [distance, { at, dataset, left: px, top: py }];
    }
  });
  if (!best) return null;
  const { at, dataset, ...place } = best as { at: number; dataset: LineDataset; left: number; top: number };
  return { ...place, dataset, point: pointAt(dataset, at) };
}
