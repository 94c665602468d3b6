/** Length of the gradient at every update, as the optimizer got it. */
import type { FigureDefinition } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const gradientNorm: FigureDefinition = {
  id: 'gradientNorm',
  label: 'Gradient norm',
  summary: 'Norm of the gradient over all parameters at every weight update, after clipping where there is any.',
  needs: 'losses',
  describe(input) {
    const { losses, logY } = input;
    const curves = losses.map(({ updates, loss: _, gradientNorm: norms, ...run }) => ({
      ...run,
      points: Array.from(updates, (update, i) => ({
        update,
        values: { norm: logY && norms[i] === 0 ? null : norms[i] },
      })),
    }));
    return versusUpdates(curves, 'norm', input, {
      id: this.id,
      title: 'Norm of the gradient along training',
      y: { label: 'Norm of the gradient', scale: logY ? 'log' : 'linear', min: logY ? null : 0, max: null },
      references: [],
      points: 'Updates',
    });
  },
};
