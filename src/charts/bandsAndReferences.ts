/** The marks that Chart.js lacks: bands behind the lines, and dashed reference levels with their label in the plot. */
import type { Chart, Plugin } from 'chart.js';
import type { Band, Figure } from '../core/figures/figure.ts';
import { contextOf } from './drawingContext.ts';
import { isGroupVisible } from './legend.ts';
import { drawPath, toPixel } from './linePath.ts';
import { withOpacity } from './palette.ts';
import type { Extent } from './scaleOptions.ts';
import { inTurn, insidePlot } from './slices.ts';
import { fontFamily } from './style.ts';
import type { Style } from './style.ts';

export function bandsAndReferences(
  { bands, references, lines, diagonal, whyEmpty }: Figure,
  colors: ReadonlyMap<string, string>,
  style: Style,
  fontSize: number,
): Plugin<'line'> {
  return {
    id: 'bandsAndReferences',
    beforeDraw(chart) {
      if (!style.background) return;
      contextOf(chart).fillStyle = style.background;
      contextOf(chart).fillRect(0, 0, Math.ceil(chart.width), Math.ceil(chart.height));
    },
    beforeDatasetsDraw(chart) {
      const levels = (): void => {
        for (const { y } of references) dashedLevel(chart, y, style);
        if (diagonal !== undefined && lines.length > 0) dashedDiagonal(chart, diagonal, style, fontSize);
      };
      insidePlot(chart, levels, 0);
      labelReferences(chart, references, style, fontSize); // before bands and lines, which it must not hide
      for (const band of bands) {
        if (!isGroupVisible(chart, band.group)) continue;
        const color = colors.get(band.group) ?? style.ink;
        const draw = (): void => {
          if (band.x.length === 1) errorBar(chart, band, color, style, fontSize);
          else fillBand(chart, band, withOpacity(color, 0.18));
        };
        inTurn(chart, 2 * band.x.length, () => insidePlot(chart, draw, 0));
      }
    },
    afterDatasetsDraw(chart) {
      if (whyEmpty !== undefined && lines.length === 0) writeInMiddle(chart, whyEmpty, style, fontSize);
    },
  };
}

/** Range of bands and references, which Chart.js does not see when it chooses the y axis; null without any. */
export function extentOfMarks({ bands, references, x, y }: Figure): Extent | null {
  const shown = (band: Band) => (_: number, i: number) =>
    (x.min === null || band.x[i] >= x.min) && (x.max === null || band.x[i] <= x.max);
  const values = [
    ...references.map((r) => r.y),
    ...bands.flatMap((band) => [...band.low.filter(shown(band)), ...band.high.filter(shown(band))]),
  ];
  const drawable = y.scale === 'log' ? values.filter((v) => v > 0) : values;
  if (drawable.length === 0) return null;
  return drawable.reduce((extent, v) => ({ low: Math.min(extent.low, v), high: Math.max(extent.high, v) }), {
    low: Infinity,
    high: -Infinity,
  });
}

function writeInMiddle(chart: Chart, text: string, style: Style, fontSize: number): void {
  const ctx = contextOf(chart);
  const { left, top, width, height } = chart.chartArea;
  ctx.font = `${fontSize}px ${fontFamily}`;
  ctx.fillStyle = style.ink;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, left + width / 2, top + height / 2);
}

function fillBand(chart: Chart, band: Band, color: string): void {
  const ctx = contextOf(chart);
  ctx.fillStyle = color;
  const [toX, toY] = [toPixel(chart.scales['x']), toPixel(chart.scales['y'])];
  const heightOf = (value: number): number => toY(Math.max(value, chart.scales['y'].min));
  const edge = { moveTo: ctx.lineTo.bind(ctx), lineTo: ctx.lineTo.bind(ctx) };
  const column = 1 / chart.currentDevicePixelRatio;
  ctx.beginPath();
  drawPath(edge, { x: band.x, y: band.high }, [toX, heightOf], column);
  drawPath(edge, { x: band.x.toReversed(), y: band.low.toReversed() }, [toX, heightOf], column);
  ctx.closePath();
  ctx.fill();
}

/** A band of one point, as a bar with caps. */
function errorBar(chart: Chart, band: Band, color: string, style: Style, fontSize: number): void {
  const ctx = contextOf(chart);
  const x = chart.scales['x'].getPixelForValue(band.x[0]);
  const [low, high] = [heightOf(chart, band.low[0]), heightOf(chart, band.high[0])];
  const cap = 0.4 * fontSize;
  ctx.strokeStyle = color;
  ctx.lineWidth = (style.memberWidth + style.meanWidth) / 2;
  ctx.beginPath();
  ctx.moveTo(x, low);
  ctx.lineTo(x, high);
  for (const end of [low, high]) {
    ctx.moveTo(x - cap, end);
    ctx.lineTo(x + cap, end);
  }
  ctx.stroke();
}

/** A log axis has no place for what reaches below zero. */
function heightOf(chart: Chart, value: number): number {
  const { y } = chart.scales;
  return y.getPixelForValue(Math.max(value, y.min));
}

function dashedLevel(chart: Chart, level: number, style: Style): void {
  const { chartArea, scales } = chart;
  const y = scales['y'].getPixelForValue(level);
  dashedLine(chart, style, [chartArea.left, y], [chartArea.right, y]);
}

/** Where x equals y, with its label at the upper end. */
function dashedDiagonal(chart: Chart, label: string, style: Style, fontSize: number): void {
  const { x, y } = chart.scales;
  const at = (value: number): [number, number] => [x.getPixelForValue(value), y.getPixelForValue(value)];
  const [low, high] = [at(Math.max(x.min, y.min)), at(Math.min(x.max, y.max))];
  dashedLine(chart, style, low, high);
  const ctx = contextOf(chart);
  ctx.font = `${0.85 * fontSize}px ${fontFamily}`;
  ctx.fillStyle = style.muted;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  ctx.fillText(label, high[0] - fontSize, high[1] + 2);
}

function dashedLine(chart: Chart, style: Style, from: [number, number], to: [number, number]): void {
  const ctx = contextOf(chart);
  ctx.strokeStyle = style.muted;
  ctx.lineWidth = 0.8;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}

/** At the right end, above the line; below it where another label is in the way; inside the plot, clear of the others. */
function labelReferences(chart: Chart, references: Figure['references'], style: Style, fontSize: number): void {
  const ctx = contextOf(chart);
  const { chartArea, scales } = chart;
  const size = 0.85 * fontSize;
  const height = 1.2 * size;
  const taken: number[] = [];
  ctx.save();
  ctx.font = `${size}px ${fontFamily}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const { label, y } of references) {
    const line = scales['y'].getPixelForValue(y);
    const above = line - 0.65 * height;
    const further = [1, 2, 3].map((n) => above - n * height);
    const free = (middle: number): boolean =>
      middle - height / 2 > chartArea.top &&
      middle + height / 2 < chartArea.bottom &&
      taken.every((t) => Math.abs(t - middle) >= height);
    const at = [above, line + 0.75 * height, ...further].find(free) ?? above;
    taken.push(at);
    const width = ctx.measureText(label).width;
    ctx.fillStyle = style.labelBackground;
    ctx.fillRect(chartArea.right - width - 4, at - height / 2, width + 4, height);
    ctx.fillStyle = style.muted;
    ctx.fillText(label, chartArea.right - 2, at);
  }
  ctx.restore();
}
