/** One distance per seed, group beside group, with means and intervals: what the comparison comes down to. */
import type { FigureDefinition } from './figureInput.ts';
import { readingFigure } from './readingFigure.ts';
import { marksInWords } from './readMarks.ts';
import type { Along } from './readMarks.ts';
import { compareSeeds } from './seedComparison.ts';

export const distanceBars: FigureDefinition = {
  id: 'distanceBars',
  label: 'Distance of each group',
  summary: 'One distance per seed, read at equal accuracy or elsewhere, with mean, interval and tests across seeds.',
  needs: 'results',
  reads: 'accuracy',
  describe(input) {
    const comparison = compareSeeds(input);
    const { groups, atLabel } = comparison;
    const x = {
      label: marksInWords(comparison),
      scale: 'linear',
      min: -0.5,
      max: Math.max(1, groups.length) - 0.5,
      places: groups.map((g) => g.label),
    } as const;
    const along: Along = (_, group) => group;
    return readingFigure({ id: this.id, title: `Distance ${atLabel}`, x, along }, comparison, input);
  },
};
