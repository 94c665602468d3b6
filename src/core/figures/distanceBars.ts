/** One distance per seed, group beside group, with means and intervals: what the comparison comes down to. */
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { FigureDefinition } from './figureInput.ts';
import { marksInWords, readMarks } from './readMarks.ts';
import { compareSeeds } from './seedComparison.ts';

export const distanceBars: FigureDefinition = {
  id: 'distanceBars',
  label: 'Distance of each group',
  summary: 'One distance per seed, read at equal accuracy or elsewhere, with mean, interval and tests across seeds.',
  needs: 'results',
  reads: 'accuracy',
  describe(input) {
    const comparison = compareSeeds(input);
    const { groups, atLabel, distanceLabel, notes, inWords } = comparison;
    const figure = {
      id: this.id,
      title: `Distance ${atLabel}`,
      x: {
        label: marksInWords(comparison),
        scale: 'linear',
        min: -0.5,
        max: Math.max(1, groups.length) - 0.5,
        places: groups.map((g) => g.label),
      },
      y: { label: `${distanceLabel} (${atLabel})`, scale: 'linear', min: null, max: null },
      ...readMarks(comparison, (_, group) => group),
      references: distanceReferences(input),
      whyEmpty: 'No seed has such a reading',
      notes: [...notes, ...inWords],
      comparison,
    } as const;
    return sayingUnrecorded(figure, input);
  },
};
