/** Error of the output along training. */
import type { FigureDefinition } from './figureInput.ts';
import { performanceOf } from './performance.ts';
import { versusUpdates } from './versusUpdates.ts';

export const errorVsUpdates: FigureDefinition = {
  id: 'errorVsUpdates',
  label: 'Error along training',
  summary: 'Normalised error of the task at each checkpoint: 1 is no better than the mean of the target.',
  needs: 'results',
  describe({ curves, logY }) {
    const { id, where } = performanceOf(curves);
    return versusUpdates(curves, id, {
      id: this.id,
      title: 'Error along training',
      y: {
        label: `Normalised error (${where})`,
        scale: logY ? 'log' : 'linear',
        min: logY ? null : 0,
        max: null,
      },
      references: [{ label: 'mean of the target', y: 1 }],
    });
  },
};
