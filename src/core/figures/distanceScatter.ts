/** Accuracy of each seed where it is read, against its distance there: whether one goes with the other. */
import type { FigureDefinition } from './figureInput.ts';
import { readingFigure } from './readingFigure.ts';
import { compareSeeds } from './seedComparison.ts';

export const distanceScatter: FigureDefinition = {
  id: 'distanceScatter',
  label: 'Accuracy and distance of each seed',
  summary: 'One dot per seed: its accuracy and its distance, read at its best accuracy, last update or elsewhere.',
  needs: 'results',
  reads: 'best',
  describe(input) {
    const comparison = compareSeeds(input);
    const { atLabel, accuracyLabel } = comparison;
    const title = `Accuracy and distance ${atLabel}`;
    const x = { label: accuracyLabel, scale: 'linear', min: null, max: null } as const;
    return readingFigure({ id: this.id, title, x, along: (seed) => seed.accuracy }, comparison, input);
  },
};
