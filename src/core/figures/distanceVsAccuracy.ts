/** Distance to the recording against accuracy: rules are only comparable where they do the task equally well. */
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { Figure } from './figure.ts';
import type { FigureDefinition } from './figureInput.ts';
import { levelWarnings } from './levelWarnings.ts';
import { meanAtEqualAccuracy } from './overSeeds.ts';
import { resultOfMetric } from './performance.ts';
import { seedLines } from './seedLines.ts';

export const distanceVsAccuracy: FigureDefinition = {
  id: 'distanceVsAccuracy',
  label: 'Distance against accuracy',
  summary: 'How close the activity comes to the recording at each level of accuracy; the fair comparison of rules.',
  needs: 'results',
  describe(input) {
    const { accuracy } = input.performance.accuracy;
    const { id, where } = resultOfMetric(input.performance.accuracy, input.curves);
    const marks = seedLines(
      input.curves,
      ({ values }) => {
        const [x, y] = [values[id] ?? null, values[input.distance.id] ?? null];
        return x === null || y === null ? null : { x: accuracy.from(x), y };
      },
      meanAtEqualAccuracy,
      input,
    );
    const below = marks.lines.filter((l) => l.role === 'member').flatMap((l) => l.x.filter((x) => x < 0));
    const figure: Figure = {
      id: this.id,
      title: 'Distance to the recording against accuracy',
      x: { label: `Accuracy (${accuracy.label}, ${where})`, scale: 'linear', min: 0, max: 1 },
      y: { label: input.distance.label, scale: 'linear', min: null, max: null },
      ...marks,
      references: distanceReferences(input),
      notes: [
        ...marks.notes,
        'Means compare seeds at equal accuracy: each is read where it first reaches that accuracy, on the straight line between checkpoints.',
        ...(below.length > 0
          ? [`Checkpoints with accuracy below 0, left of the axis: ${below.length}; the table has them.`]
          : []),
        ...levelWarnings(input),
        ...input.distance.notes,
      ],
    };
    return sayingUnrecorded(figure, input);
  },
};
