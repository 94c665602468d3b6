/**
 * Draws the lines of figures from their arrays. Chart.js would make an object of each point, which takes hundreds of
 * milliseconds for long curves; it still lays out axes and legend, and draws dots.
 */
import { LineController } from 'chart.js';
import type { Chart, ChartComponent, Scale } from 'chart.js';
import type { Line } from '../core/figures/figure.ts';
import { contextOf } from './drawingContext.ts';
import type { LineDataset } from './lineChart.ts';
import { drawPath, toPixel } from './linePath.ts';
import type { PlainScale } from './linePath.ts';
import { inTurn } from './slices.ts';

type Range = { min: number; max: number };

/** Chart.js asks many times for what lines of thousands of points reach. */
const extents = new WeakMap<Line, Map<string, Range>>();

export class FigureLineController extends LineController {
  static override id = 'figureLine';

  get #dataset(): LineDataset {
    return this.getDataset() as unknown as LineDataset;
  }

  /** Of what lies within the range asked for on the other axis. */
  override getMinMax(scale: Scale, canStack?: boolean): Range {
    const { line } = this.#dataset;
    if (!line) return super.getMinMax(scale, canStack);
    const upright = scale.axis === 'y';
    const [values, others] = upright ? [line.y, line.x] : [line.x, line.y];
    const { min: from = -Infinity, max: to = Infinity } = this.chart.options.scales![
      upright ? 'x' : 'y'
    ] as Partial<Range>;
    const positive = (scale as { type: string }).type === 'logarithmic';
    const asked = `${scale.axis} ${from} ${to} ${positive}`;
    const known = extents.get(line) ?? new Map<string, Range>();
    extents.set(line, known);
    const found = known.get(asked) ?? extentOf(values, (i) => others[i] >= from && others[i] <= to, positive);
    known.set(asked, found);
    return { ...found };
  }

  override draw(): void {
    const { line, data } = this.#dataset;
    const draw = line ? () => stroke(this.chart, this.#dataset, line) : () => super.draw();
    inTurn(this.chart, line?.x.length ?? data.length, draw);
  }
}

function extentOf(values: readonly number[], shown: (i: number) => boolean, positive: boolean): Range {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!shown(i) || !Number.isFinite(value) || (positive && value <= 0)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function stroke(chart: Chart, dataset: LineDataset, line: NonNullable<LineDataset['line']>): void {
  const ctx = contextOf(chart);
  const { x, y } = chart.scales as unknown as Record<'x' | 'y', PlainScale>;
  ctx.save();
  ctx.strokeStyle = dataset.borderColor as string;
  ctx.lineWidth = dataset.borderWidth as number;
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.setLineDash(dataset.borderDash as number[]);
  ctx.beginPath();
  drawPath(ctx, line, [toPixel(x), toPixel(y)], dataset.column ?? 1 / chart.currentDevicePixelRatio);
  ctx.stroke();
  ctx.restore();
}

/** Chart.js's type of what can be registered knows no private fields. */
export const figureLineController = FigureLineController as unknown as ChartComponent;
