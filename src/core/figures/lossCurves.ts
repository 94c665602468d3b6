/** Training loss at every update, as it happens. */
import type { FigureDefinition } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const lossCurves: FigureDefinition = {
  id: 'lossCurves',
  label: 'Training loss',
  summary: 'Loss of each training batch, at every weight update.',
  needs: 'losses',
  describe(input) {
    const { losses, logY } = input;
    const curves = losses.map(({ updates, loss, gradientNorm: _, ...run }) => ({
      ...run,
      points: Array.from(updates, (update, i) => ({ update, values: { loss: loss[i] } })),
    }));
    return versusUpdates(curves, 'loss', input, {
      id: this.id,
      title: 'Training loss',
      y: {
        label: 'Training loss',
        scale: logY ? 'log' : 'linear',
        min: logY ? null : 0,
        max: null,
      },
      references: [],
    });
  },
};
