/** Options of commands that write figures: size on paper, and the file whose ending says the format. */
import path from 'node:path';
import type { Command } from 'commander';
import { LabError } from '../core/errors.ts';
import type { PaperSize } from '../platform/charts/paper.ts';
import { defaultSize } from './writeFigures.ts';
import type { FigureFormat } from './writeFigures.ts';

export type SizeOptions = { widthMm: string; heightMm: string; fontPt: string; dpi: string };

export function addSizeOptions(command: Command): Command {
  return command
    .option('--width-mm <mm>', 'width', String(defaultSize.widthMm))
    .option('--height-mm <mm>', 'height', String(defaultSize.heightMm))
    .option('--font-pt <pt>', 'size of the text', String(defaultSize.fontSizePt))
    .option('--dpi <n>', 'resolution of a PNG', String(defaultSize.dpi));
}

/** Throws LabError `figure.size`. */
export function printSize(options: SizeOptions): PaperSize & { dpi: number } {
  return {
    widthMm: size(options.widthMm, 'width'),
    heightMm: size(options.heightMm, 'height'),
    fontSizePt: size(options.fontPt, 'font size'),
    dpi: size(options.dpi, 'resolution'),
  };
}

/** Throws LabError `figure.format`. */
export function formatOf<Other extends string = never>(
  file: string,
  others: readonly Other[] = [],
): FigureFormat | Other {
  const ending = path.extname(file).slice(1).toLowerCase();
  const formats = ['svg', 'png', 'csv', ...others] as const;
  const format = formats.find((f) => f === ending);
  if (format) return format;
  const endings = formats.map((f) => `.${f}`);
  throw new LabError(
    'figure.format',
    `Writing "${file}": expected a name that ends in ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}.`,
  );
}

function size(text: string, what: string): number {
  const value = Number(text);
  if (value > 0 && value <= 10_000) return value;
  throw new LabError('figure.size', `Reading the ${what}: expected a number above 0, found "${text}".`);
}
