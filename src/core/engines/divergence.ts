/** A loss or gradient that is not finite stops the run; the weights stay those of the update before. */
import { LabError } from '../errors.ts';
import type { Loss } from './engine.ts';

export function requireFinite(update: number, loss: Loss, gradientNorm: number): void {
  if (Number.isFinite(loss.main + loss.activity + loss.weights + gradientNorm)) return;
  throw divergence(update, loss, gradientNorm);
}

export function divergence(update: number, { main, activity }: Loss, gradientNorm: number): LabError {
  return new LabError(
    'training.diverged',
    `Training, update ${update}: expected a finite loss and gradient, found main term ${main}, activity term ` +
      `${activity} and gradient norm ${gradientNorm}. Lower the learning rate, clip the gradient, or choose an ` +
      'activation that saturates.',
  );
}
