/** A figure as a file: PNG, SVG or the numbers as CSV. */
import { chartPng } from '../../charts/chartPng.ts';
import { drawSvg, measureWith } from '../../charts/drawSvg.ts';
import { withPngMetadata, withSvgMetadata } from '../../charts/figureMetadata.ts';
import { figureTable, toCsv } from '../../core/figures/figureTable.ts';
import type { Figure } from '../../core/figures/figure.ts';
import { readNumber } from './readNumber.ts';

export type ExportForm = {
  format: 'png' | 'svg' | 'csv' | 'json';
  widthMm: string;
  heightMm: string;
  dpi: string;
  fontSizePt: string;
};
export type ExportSize = { widthMm: number; heightMm: number; dpi: number; fontSizePt: number };
export type ExportErrors = Partial<Record<keyof ExportSize, string>>;

/** One column of a journal page. */
export const usualSize: ExportForm = { format: 'png', widthMm: '89', heightMm: '65', dpi: '300', fontSizePt: '7' };

const limits: Record<keyof ExportSize, { whole?: boolean; least: number; most: number }> = {
  widthMm: { least: 20, most: 500 },
  heightMm: { least: 20, most: 500 },
  dpi: { whole: true, least: 72, most: 1200 },
  fontSizePt: { least: 4, most: 36 },
};

export function readSize(form: ExportForm): { size: ExportSize; errors: null } | { size: null; errors: ExportErrors } {
  const errors: ExportErrors = {};
  const size = { widthMm: 0, heightMm: 0, dpi: 0, fontSizePt: 0 };
  for (const field of Object.keys(limits) as (keyof ExportSize)[]) {
    const read = readNumber(form[field], limits[field]);
    if (typeof read === 'string') errors[field] = read;
    else size[field] = read;
  }
  return Object.keys(errors).length > 0 ? { size: null, errors } : { size, errors: null };
}

/** recipe: JSON that goes into the metadata of pictures, or null where the figure has none */
export async function exportFigure(
  figure: Figure,
  format: ExportForm['format'],
  size: ExportSize,
  recipe: string | null,
): Promise<Blob> {
  switch (format) {
    case 'json':
      return new Blob([recipe ?? ''], { type: 'application/json' });
    case 'csv':
      return new Blob([toCsv(figureTable(figure))], { type: 'text/csv' });
    case 'svg':
      return new Blob([withRecipe(svgOf(figure, size), recipe)], { type: 'image/svg+xml' });
    case 'png': {
      const png = await chartPng(figure, newCanvas(), { ...size, style: 'paper' });
      return new Blob([recipe === null ? png : withPngMetadata(png, recipe)], { type: 'image/png' });
    }
  }
}

function withRecipe(svg: string, recipe: string | null): string {
  return recipe === null ? svg : withSvgMetadata(svg, recipe);
}

export function svgOf(figure: Figure, size: Omit<ExportSize, 'dpi'>): string {
  const measureText = measureWith(newCanvas().getContext('2d')!);
  return drawSvg(figure, { ...size, style: 'paper', measureText });
}

function newCanvas(): HTMLCanvasElement {
  return document.createElement('canvas');
}

/** Offers the file as a download. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
