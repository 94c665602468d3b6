/** Distance to the recording along training. */
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { FigureDefinition } from './figureInput.ts';
import { levelWarnings } from './levelWarnings.ts';
import { versusUpdates } from './versusUpdates.ts';

export const distanceVsUpdates: FigureDefinition = {
  id: 'distanceVsUpdates',
  label: 'Distance along training',
  summary: 'How the distance between network activity and recording changes with learning.',
  needs: 'results',
  describe(input) {
    const figure = versusUpdates(input.curves, input.distance.id, input, {
      id: this.id,
      title: 'Distance to the recording along training',
      y: { label: input.distance.label, scale: 'linear', min: null, max: null },
      references: distanceReferences(input),
    });
    return sayingUnrecorded(
      { ...figure, notes: [...figure.notes, ...levelWarnings(input), ...input.distance.notes] },
      input,
    );
  },
};
