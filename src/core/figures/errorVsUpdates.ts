/** Error of the output along training. */
import { normalizedError } from '../metrics/normalizedError.ts';
import type { FigureDefinition } from './figureInput.ts';
import { resultOfMetric } from './performance.ts';
import { versusUpdates } from './versusUpdates.ts';

export const errorVsUpdates: FigureDefinition = {
  id: 'errorVsUpdates',
  label: 'Error along training',
  summary:
    'Error of the task at each checkpoint: normalised error (1 is no better than the mean of the target), or cross-entropy of choices.',
  needs: 'results',
  describe(input) {
    const {
      curves,
      performance: { error },
      logY,
    } = input;
    const { id, where } = resultOfMetric(error, curves);
    return versusUpdates(curves, id, input, {
      id: this.id,
      title: 'Error along training',
      y: {
        label: `${error.label} (${where})`,
        scale: logY ? 'log' : 'linear',
        min: logY ? null : 0,
        max: null,
      },
      references: error.id === normalizedError.id ? [{ label: 'mean of the target', y: 1 }] : [],
    });
  },
};
