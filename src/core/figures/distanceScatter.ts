/** Accuracy of each seed where it is read, against its distance there: whether one goes with the other. */
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { FigureDefinition } from './figureInput.ts';
import { readMarks } from './readMarks.ts';
import { compareSeeds } from './seedComparison.ts';

export const distanceScatter: FigureDefinition = {
  id: 'distanceScatter',
  label: 'Accuracy and distance of each seed',
  summary: 'One dot per seed: its accuracy and its distance, read at its best accuracy, last update or elsewhere.',
  needs: 'results',
  reads: 'best',
  describe(input) {
    const comparison = compareSeeds(input);
    const { atLabel, accuracyLabel, distanceLabel, notes, inWords } = comparison;
    const figure = {
      id: this.id,
      title: `Accuracy and distance ${atLabel}`,
      x: { label: accuracyLabel, scale: 'linear', min: null, max: null },
      y: { label: `${distanceLabel} (${atLabel})`, scale: 'linear', min: null, max: null },
      ...readMarks(comparison, (seed) => seed.accuracy),
      references: distanceReferences(input),
      whyEmpty: 'No seed has such a reading',
      notes: [...notes, ...inWords],
      comparison,
    } as const;
    return sayingUnrecorded(figure, input);
  },
};
