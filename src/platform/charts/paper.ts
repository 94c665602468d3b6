/** Figures for print, drawn on Node: white, black axes, no grid. */
import { drawSvg } from '../../charts/drawSvg.ts';
import type { PrintSize } from '../../charts/drawFigure.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { drawPng, nodeMeasureText } from './png.ts';

export type PaperSize = PrintSize;

export function paperSvg(figure: Figure, { widthMm, heightMm, fontSizePt }: PaperSize): string {
  return drawSvg(figure, { widthMm, heightMm, fontSizePt, style: 'paper', measureText: nodeMeasureText() });
}

export function paperPng(figure: Figure, size: PaperSize & { readonly dpi: number }): Uint8Array {
  return drawPng(figure, { ...size, style: 'paper' });
}
