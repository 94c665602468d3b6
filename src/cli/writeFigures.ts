/** Figures to files: SVG for the paper, PNG for the slide, CSV with every number. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from '../core/figures/figure.ts';
import { figureTable, toCsv } from '../core/figures/figureTable.ts';
import { paperPng, paperSvg } from '../platform/charts/paper.ts';
import type { PaperSize } from '../platform/charts/paper.ts';

export type FigureFormat = 'svg' | 'png' | 'csv';

export const defaultSize: PaperSize & { dpi: number } = { widthMm: 120, heightMm: 85, fontSizePt: 8, dpi: 300 };

export function figureBytes(
  figure: Figure,
  format: FigureFormat,
  size: PaperSize & { dpi: number } = defaultSize,
): string | Uint8Array {
  switch (format) {
    case 'svg':
      return paperSvg(figure, size);
    case 'png':
      return paperPng(figure, size);
    case 'csv':
      return toCsv(figureTable(figure));
  }
}

/** The paths written. */
export function writeFigures(figures: readonly Figure[], folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const figure of figures) {
    for (const format of ['svg', 'png', 'csv'] as const) {
      const file = path.join(folder, `${figure.id}.${format}`);
      writeFileSync(file, figureBytes(figure, format));
      files.push(file);
    }
  }
  return files;
}
