/** Distance to the recording along training. */
import { procrustes } from '../metrics/procrustes.ts';
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { FigureDefinition } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const distanceVsUpdates: FigureDefinition = {
  id: 'distanceVsUpdates',
  label: 'Distance along training',
  summary: 'How the distance between network activity and recording changes with learning.',
  needs: 'results',
  describe(input) {
    const figure = versusUpdates(input.curves, procrustes.id, {
      id: this.id,
      title: 'Distance to the recording along training',
      y: { label: procrustes.label, scale: 'linear', min: null, max: null },
      references: distanceReferences(input),
    });
    return sayingUnrecorded(figure, input);
  },
};
