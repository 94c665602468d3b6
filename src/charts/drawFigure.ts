/** Draws a figure once, on whatever offers a canvas's 2D context: a canvas of the browser, of Node, or SVG. */
import {
  BasicPlatform,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import type { Figure } from '../core/figures/figure.ts';
import { chartConfiguration } from './chartConfiguration.ts';
import type { StyleName } from './style.ts';

/** The parts of Chart.js that figures need; called before any chart is made. */
export function registerChartParts(): void {
  Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Legend, Tooltip);
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

/** Pixels of a bitmap per pixel of the layout, so that the bitmap is as wide as the print at `dpi`. */
export function bitmapRatio(size: PrintSize, dpi: number): number {
  const pixels = Math.round((size.widthMm / 25.4) * dpi);
  return (pixels + 1e-6) / layoutSize(size).width; // Chart.js rounds down
}

export type DrawingSurface = { width: number; height: number; getContext(kind: '2d'): unknown };

/** Chart.js's own type asks for the canvas of a browser. */
type ChartMaker = new (surface: DrawingSurface, configuration: ChartConfiguration) => Chart;

export type DrawingOptions = {
  readonly style: StyleName;
  readonly fontSizePt: number;
  /** pixels of the surface per pixel of the layout */
  readonly ratio: number;
  /** draw lines without Path2D, which a surface that is no canvas cannot read */
  readonly withoutPath2D: boolean;
};

/** surface: as large as the layout. What was drawn is there for `read` only: Chart.js wipes it when it ends. */
export function drawFigure<T>(
  figure: Figure,
  surface: DrawingSurface,
  { style, fontSizePt, ratio, withoutPath2D }: DrawingOptions,
  read: () => T,
): T {
  registerChartParts();
  const { options, data, ...rest } = chartConfiguration(figure, style, {
    fontSize: fontSizePt * pixelsPerPt,
    interactive: false,
  });
  const configuration = {
    ...rest,
    platform: BasicPlatform,
    data: { datasets: data.datasets.map((d) => (withoutPath2D ? { ...d, segment: {} } : d)) },
    options: { ...options, devicePixelRatio: ratio },
  } as unknown as ChartConfiguration;
  const chart = new (Chart as unknown as ChartMaker)(surface, configuration);
  try {
    return read();
  } finally {
    chart.destroy();
  }
}
