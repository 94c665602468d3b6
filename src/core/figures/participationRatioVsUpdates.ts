/** Dimensionality of the activity along training. */
import { participationRatio } from '../metrics/participationRatio.ts';
import type { FigureDefinition } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const participationRatioVsUpdates: FigureDefinition = {
  id: 'participationRatioVsUpdates',
  label: 'Dimensionality along training',
  summary: 'Effective number of dimensions of the network activity, with that of the recording.',
  needs: 'results',
  describe(input) {
    const { curves, recording } = input;
    const ofRecording = recording[participationRatio.id] ?? null;
    return versusUpdates(curves, participationRatio.id, input, {
      id: this.id,
      title: 'Dimensionality of the activity along training',
      y: { label: participationRatio.label, scale: 'linear', min: null, max: null },
      references: ofRecording === null ? [] : [{ label: 'recording', y: ofRecording }],
    });
  },
};
