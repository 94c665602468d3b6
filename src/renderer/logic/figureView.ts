/** Which marks of a figure are shown. */
import type { Figure } from '../../core/figures/figure.ts';

export type Marks = { readonly seeds: boolean; readonly mean: boolean; readonly band: boolean };

/** Groups stay, so that colours do. A group without a mean keeps its seeds: else it would vanish. */
export function withMarks(figure: Figure, { seeds, mean, band }: Marks): Figure {
  const averaged = new Set(figure.lines.filter((l) => l.role === 'mean').map((l) => l.group));
  return {
    ...figure,
    lines: figure.lines.filter((l) => (l.role === 'mean' ? mean : seeds || !averaged.has(l.group))),
    bands: band ? figure.bands : [],
  };
}

/** "distance-vs-accuracy" from "distanceVsAccuracy" */
export function fileStem(figureId: string): string {
  return figureId
    .replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

export function isEmpty({ lines }: Figure): boolean {
  return lines.every((l) => l.x.length === 0);
}
