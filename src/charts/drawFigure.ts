/** Draws a figure once, on whatever offers a canvas's 2D context: a canvas of the browser, of Node, or SVG. */
import { BasicPlatform, Chart, Legend, LinearScale, LineElement, LogarithmicScale, PointElement } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import type { Figure } from '../core/figures/figure.ts';
import { chartConfiguration } from './chartConfiguration.ts';
import { figureLineController } from './lineController.ts';
import type { StyleName } from './style.ts';

/** The parts of Chart.js that figures need; called before any chart is made. */
export function registerChartParts(): void {
  Chart.register(figureLineController, LineElement, PointElement, LinearScale, LogarithmicScale, Legend);
}

export type PrintSize = {
  readonly widthMm: number;
  readonly heightMm: number;
  /** of axis titles and legend; tick labels too */
  readonly fontSizePt: number;
};

const pixelsPerMm = 96 / 25.4;
const pixelsPerPt = 96 / 72;

/** The size in CSS pixels at which a chart of this print size is laid out; whole numbers, as Chart.js needs. */
export function layoutSize({ widthMm, heightMm }: PrintSize): { width: number; height: number } {
  return { width: Math.round(widthMm * pixelsPerMm), height: Math.round(heightMm * pixelsPerMm) };
}

export type PixelSize = { readonly width: number; readonly height: number };

/** Pixels of a bitmap of the print at `dpi`. */
export function bitmapSize({ widthMm, heightMm }: PrintSize, dpi: number): PixelSize {
  return { width: Math.round((widthMm * dpi) / 25.4), height: Math.round((heightMm * dpi) / 25.4) };
}

export type DrawingSurface = { width: number; height: number; getContext(kind: '2d'): unknown };

/** Chart.js's own type asks for the canvas of a browser. */
type ChartMaker = new (surface: DrawingSurface, configuration: ChartConfiguration) => Chart;

export type DrawingOptions = {
  readonly style: StyleName;
  readonly fontSizePt: number;
  /** what the surface is to be resized to, the layout with it; null leaves it as large as the layout */
  readonly bitmap: PixelSize | null;
  /** draw lines without Path2D, which a surface that is no canvas cannot read */
  readonly withoutPath2D: boolean;
};

/** Of a drawing that has no pixels, as on a print of 1200 dpi. */
const finest = 96 / 1200;

/** surface: as large as the layout. What was drawn is there for `read` only: Chart.js wipes it when it ends. */
export function drawFigure<T>(
  figure: Figure,
  surface: DrawingSurface,
  { style, fontSizePt, bitmap, withoutPath2D }: DrawingOptions,
  read: () => T,
): T {
  registerChartParts();
  const ratio = bitmap ? bitmap.width / surface.width : 1;
  const { options, data, ...rest } = chartConfiguration(figure, style, {
    fontSize: fontSizePt * pixelsPerPt,
    interactive: false,
  });
  const configuration = {
    ...rest,
    platform: BasicPlatform,
    data: { datasets: data.datasets.map((d) => (withoutPath2D ? { ...d, segment: {}, column: finest } : d)) },
    options: { ...options, devicePixelRatio: ratio },
  } as unknown as ChartConfiguration;
  const chart = new (Chart as unknown as ChartMaker)(surface, configuration);
  try {
    // the layout may have tenths of pixels, so that both sides of the bitmap come out exact
    if (bitmap) chart.resize(bitmap.width / ratio, bitmap.height / ratio);
    return read();
  } finally {
    chart.destroy();
  }
}
