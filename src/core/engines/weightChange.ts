/** One weight change from a loss and its gradient: the same for every engine that leaves it to us. */
import type { Parameters } from '../models/parameters.ts';
import type { EngineState, Loss, OptimizerSettings, UpdateReport } from './engine.ts';
import { nextActivityPenalty, requireFinite } from './loss.ts';
import { clipGradient, gradientNorm, optimizerStep } from './optimizer.ts';

/** Writes weights and moments of the state in place, clips the gradient in place; gives the state after the update. */
export function changeWeights(
  before: EngineState,
  loss: Loss,
  gradient: Parameters,
  optimizer: OptimizerSettings,
): { state: EngineState; report: UpdateReport } {
  const update = before.update + 1;
  requireFinite(loss, update);
  clipGradient(gradient, optimizer.clipNorm);
  optimizerStep(before, gradient, optimizer, update);
  const activityPenalty = nextActivityPenalty(loss, before.activityPenalty);
  return {
    state: { ...before, update, activityPenalty },
    report: { ...loss, update, gradientNorm: gradientNorm(gradient), activityPenalty },
  };
}
