/** One weight change from a loss and its gradient: the same for every engine that leaves it to us. */
import { cellTypeMeans, effectiveWeights } from '../models/effectiveWeights.ts';
import { inPrecision, precisionOf, tensor } from '../math/tensor.ts';
import type { Parameters } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import { requireFinite } from './divergence.ts';
import type { EngineState, Loss, TrainingSetup, UpdateReport } from './engine.ts';
import { nextActivityPenalty } from './loss.ts';
import { clipGradient, gradientNorm, optimizerStep } from './optimizer.ts';

/** Writes weights and moments of the state in place, clips the gradient in place; gives the state after the update. */
export function changeWeights(
  before: EngineState,
  loss: Loss,
  gradient: Parameters,
  setup: TrainingSetup,
): { state: EngineState; report: UpdateReport } {
  const update = before.update + 1;
  requireFinite(update, loss, gradientNorm(gradient));
  clipGradient(gradient, setup.optimizer.clipNorm);
  optimizerStep(before, gradient, setup.optimizer, update);
  const activityPenalty = nextActivityPenalty(loss, before.activityPenalty);
  return {
    state: { ...before, update, activityPenalty, wiring: wiringAfter(before, setup) },
    report: { ...loss, update, gradientNorm: gradientNorm(gradient), activityPenalty },
  };
}

/** Feedback through cell types follows the weights. */
function wiringAfter({ wiring, parameters: { Wrec } }: EngineState, { shape, rule }: TrainingSetup): Wiring {
  if (rule.credit.recurrent !== 'cell-types') return wiring;
  const means = cellTypeMeans(effectiveWeights(shape, wiring, Wrec.data), wiring.cellTypes!);
  return { ...wiring, Brec: inPrecision(tensor(Wrec.shape, means), precisionOf(Wrec.data)) };
}
