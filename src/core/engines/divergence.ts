/**
 * A loss or gradient that is not finite stops the run; the weights stay those of the update before. Those may be the ones
 * that made it so, and be too large for a number themselves: such are not kept.
 */
import { LabError } from '../errors.ts';
import { parameterNames } from '../models/parameters.ts';
import type { EngineState, Loss } from './engine.ts';

const advice = 'Lower the learning rate, clip the gradient, or choose an activation that saturates.';

export function requireFinite(update: number, loss: Loss, gradientNorm: number): void {
  if (Number.isFinite(loss.main + loss.activity + loss.weights + gradientNorm)) return;
  throw divergence(update, loss, gradientNorm);
}

export function divergence(update: number, { main, activity }: Loss, gradientNorm: number): LabError {
  return new LabError(
    'training.diverged',
    `Training, update ${update}: expected a finite loss and gradient, found main term ${main}, activity term ` +
      `${activity} and gradient norm ${gradientNorm}. ${advice}`,
  );
}

/** Throws LabError `training.diverged` where a weight is not finite: nothing can be analysed, or go on, from there. */
export function requireFiniteWeights({ update, parameters }: Pick<EngineState, 'update' | 'parameters'>): void {
  for (const name of parameterNames) {
    const wrong = parameters[name].data.find((v: number) => !Number.isFinite(v));
    if (wrong === undefined) continue;
    throw new LabError(
      'training.diverged',
      `Training, update ${update}: expected finite weights after it, found ${wrong} in ${name}. ${advice}`,
    );
  }
}
