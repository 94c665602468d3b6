/** One weight change from a loss and its gradient: the same for every engine that leaves it to us. */
import { cellTypeMeans, effectiveWeights } from '../models/effectiveWeights.ts';
import { inPrecision, precisionOf, tensor, type Floats } from '../math/tensor.ts';
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
  const Wout = before.parameters.Wout.data.slice();
  optimizerStep(before, gradient, setup.optimizer, update);
  const activityPenalty = nextActivityPenalty(loss, before.activityPenalty);
  return {
    state: { ...before, update, activityPenalty, wiring: wiringAfter(before, setup, Wout) },
    report: { ...loss, update, gradientNorm: gradientNorm(gradient), activityPenalty },
  };
}

/** Feedback that follows the weights. Wout: outputs × N, before the update. */
function wiringAfter(
  { wiring, parameters }: EngineState,
  { shape, rule, optimizer }: TrainingSetup,
  Wout: Floats,
): Wiring {
  if (rule.credit?.readout === 'adaptive' && !optimizer.frozen.includes('Wout')) {
    const Bout = tensor(wiring.Bout!.shape, wiring.Bout!.data.slice());
    adaptFeedback(rule.credit.decay, Wout, parameters.Wout.data, Bout.data);
    return { ...wiring, Bout };
  }
  if (rule.credit?.recurrent !== 'cell-types') return wiring;
  const { Wrec } = parameters;
  const means = cellTypeMeans(effectiveWeights(shape, wiring, Wrec.data), wiring.cellTypes!);
  return { ...wiring, Brec: inPrecision(tensor(Wrec.shape, means), precisionOf(Wrec.data)) };
}

/**
 * Bout takes the step that Wout took, then both lose the same share λ; in place:
 *
 *   Bout ← (1 − λ) (Bout + Wout − WoutBefore)      Wout ← (1 − λ) Wout
 *
 * So Wout − Bout shrinks by 1 − λ at every update, whatever the errors are.
 */
function adaptFeedback(decay: number, before: Floats, Wout: Floats, Bout: Floats): void {
  for (let k = 0; k < Wout.length; k++) {
    Bout[k] = (1 - decay) * (Bout[k] + Wout[k] - before[k]);
    Wout[k] *= 1 - decay;
  }
}
