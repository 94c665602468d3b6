/** Figures to files: SVG for the paper, PNG for the slide, CSV with every number. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withPngMetadata, withSvgMetadata } from '../charts/figureMetadata.ts';
import type { Recipe } from '../app/recipeSchema.ts';
import type { Figure } from '../core/figures/figure.ts';
import { figureTable, toCsv } from '../core/figures/figureTable.ts';
import { paperPng, paperSvg } from '../platform/charts/paper.ts';
import type { PaperSize } from '../platform/charts/paper.ts';

export type FigureFormat = 'svg' | 'png' | 'csv';

export const defaultSize: PaperSize & { dpi: number } = { widthMm: 120, heightMm: 85, fontSizePt: 8, dpi: 300 };

/** recipe: goes into the metadata of pictures */
export function figureBytes(
  figure: Figure,
  format: FigureFormat,
  recipe: Recipe,
  size: PaperSize & { dpi: number } = defaultSize,
): string | Uint8Array {
  const text = JSON.stringify(recipe);
  switch (format) {
    case 'svg':
      return withSvgMetadata(paperSvg(figure, size), text);
    case 'png':
      return withPngMetadata(paperPng(figure, size), text);
    case 'csv':
      return toCsv(figureTable(figure));
  }
}

export function recipeText(recipe: Recipe): string {
  return `${JSON.stringify(recipe, null, 2)}\n`;
}

/** The paths written: every figure as SVG, PNG, CSV and recipe; name: of its files, absent: its id. */
export function writeFigures(
  figures: readonly { figure: Figure; recipe: Recipe; name?: string }[],
  folder: string,
): string[] {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const { figure, recipe, name = figure.id } of figures) {
    for (const format of ['svg', 'png', 'csv', 'json'] as const) {
      const file = path.join(folder, `${name}.${format}`);
      writeFileSync(file, format === 'json' ? recipeText(recipe) : figureBytes(figure, format, recipe));
      files.push(file);
    }
  }
  return files;
}
