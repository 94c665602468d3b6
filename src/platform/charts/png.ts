/** Figures on Node: PNG, and text measurement for SVG, by Skia (@napi-rs/canvas). */
import { createCanvas } from '@napi-rs/canvas';
import type { PngOptions } from '../../charts/chartPng.ts';
import { bitmapSize, drawFigure, layoutSize } from '../../charts/drawFigure.ts';
import { measureWith } from '../../charts/drawSvg.ts';
import { withResolution } from '../../charts/pngResolution.ts';
import type { MeasureText } from '../../charts/svg/svgContext.ts';
import type { Figure } from '../../core/figures/figure.ts';

export function drawPng(figure: Figure, options: PngOptions): Uint8Array {
  const { width, height } = layoutSize(options);
  const canvas = createCanvas(width, height);
  const { style, fontSizePt, dpi } = options;
  const drawing = { style, fontSizePt, bitmap: bitmapSize(options, dpi), withoutPath2D: false };
  return drawFigure(figure, canvas, drawing, () => withResolution(canvas.toBuffer('image/png'), dpi));
}

export function nodeMeasureText(): MeasureText {
  return measureWith(createCanvas(1, 1).getContext('2d'));
}
