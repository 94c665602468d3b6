/**
 * Gives both axes the same scale, pixels per unit, by showing more than the data along the side that has room to spare.
 * How many pixels there are is known once axes and legend are laid out; then the ranges are set and all is laid out again.
 */
import type { Chart, Plugin } from 'chart.js';
import { pointsOf } from './lineChart.ts';
import type { LineDataset } from './lineChart.ts';

export type Range = { readonly min: number; readonly max: number };

/** Around the data, so that nothing touches the edge. */
const margin = 0.05;
/** Labels of the new ranges may take other room than those before. */
const rounds = 2;

const atWork = new WeakSet<Chart>();

export const equalAspect: Plugin<'line'> = {
  id: 'equalAspect',
  afterLayout(chart) {
    if (atWork.has(chart)) return;
    atWork.add(chart);
    try {
      for (let round = 0; round < rounds; round++) {
        const shown = chart.data.datasets.filter((_, i) => chart.isDatasetVisible(i)) as unknown as LineDataset[];
        const points = shown.map(pointsOf);
        if (points.every(({ x }) => x.length === 0)) return;
        const { width, height } = chart.chartArea;
        const { x, y } = equalRanges(
          rangeOf(points.flatMap((p) => p.x)),
          rangeOf(points.flatMap((p) => p.y)),
          width,
          height,
        );
        Object.assign(chart.options.scales!['x']!, x);
        Object.assign(chart.options.scales!['y']!, y);
        chart.update('none');
      }
    } finally {
      atWork.delete(chart);
    }
  },
};

/** The smallest ranges around both that have the same scale on an area of this size. */
export function equalRanges(x: Range, y: Range, width: number, height: number): { x: Range; y: Range } {
  const perPixel = Math.max((x.max - x.min) / width, (y.max - y.min) / height) * (1 + 2 * margin) || 1;
  return { x: around(x, perPixel * width), y: around(y, perPixel * height) };
}

function around({ min, max }: Range, extent: number): Range {
  const middle = (min + max) / 2;
  return { min: middle - extent / 2, max: middle + extent / 2 };
}

function rangeOf(values: readonly number[]): Range {
  return values.reduce((range, v) => ({ min: Math.min(range.min, v), max: Math.max(range.max, v) }), {
    min: Infinity,
    max: -Infinity,
  });
}
