/** A figure as a PNG of a given size on paper, drawn on a canvas element of the browser. */
import { LabError } from '../core/errors.ts';
import type { Figure } from '../core/figures/figure.ts';
import { bitmapSize, drawFigure, layoutSize } from './drawFigure.ts';
import type { DrawingSurface, PrintSize } from './drawFigure.ts';
import { withResolution } from './pngResolution.ts';
import type { StyleName } from './style.ts';

export type PngOptions = PrintSize & { readonly style: StyleName; readonly dpi: number };

/** The part of HTMLCanvasElement that is needed. */
export type PngCanvas = DrawingSurface & {
  toBlob(done: (blob: { arrayBuffer(): Promise<ArrayBuffer> } | null) => void, type: string): void;
};

/** canvas: any that holds no chart and is not in the page; it is resized and drawn on. */
export async function chartPng(
  figure: Figure,
  canvas: PngCanvas,
  options: PngOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { style, fontSizePt, dpi } = options;
  Object.assign(canvas, layoutSize(options));
  const drawing = { style, fontSizePt, bitmap: bitmapSize(options, dpi), withoutPath2D: false };
  // toBlob copies the pixels before it returns
  const blob = await drawFigure(
    figure,
    canvas,
    drawing,
    () => new Promise<Parameters<Parameters<PngCanvas['toBlob']>[0]>[0]>((done) => canvas.toBlob(done, 'image/png')),
  );
  if (!blob) {
    throw new LabError('png.canvas', `Drawing "${figure.title}": the canvas gave no PNG; it may be too large.`);
  }
  return withResolution(new Uint8Array(await blob.arrayBuffer()), dpi);
}
