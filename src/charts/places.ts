/** Figures whose groups stand side by side: names instead of numbers along x, and dots spread so that none hides another. */
import type { Figure } from '../core/figures/figure.ts';

/** Of the width of a place, to each side of its middle. */
const spread = 0.22;

/** How far from the middle of its place a seed stands: the same in every place, so that pairs are seen. */
export function seedOffsets({ x, lines }: Figure): (seed: number) => number {
  if (!x.places) return () => 0;
  const seeds = [...new Set(lines.flatMap((l) => l.origins.map((o) => o.seed)))].sort((a, b) => a - b);
  return (seed) => (seeds.length < 2 ? 0 : spread * ((2 * seeds.indexOf(seed)) / (seeds.length - 1) - 1));
}

/** A name in lines of about so many characters, broken between words. */
export function wrapped(name: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
