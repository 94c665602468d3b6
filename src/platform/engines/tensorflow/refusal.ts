/** What the TensorFlow.js engine does not do, in words for the user. */
import type { TrainingSetup } from '../../../core/engines/engine.ts';
import type { Wiring } from '../../../core/models/wiring.ts';
import type { Credit } from '../../../core/rules/rule.ts';
import { tensorActivationIds } from './activations.ts';

/** The reason, or null when it can train this. */
export function tensorflowRefusal({ shape, rule, loss, blockPenalty }: TrainingSetup): string | null {
  if (!tensorActivationIds.includes(shape.activation)) return `it has no activation function "${shape.activation}"`;
  if (!isTensorCredit(rule.credit)) {
    return `it does not train with ${rule.label}, only with BPTT and e-prop`;
  }
  if (loss !== 'mean-squared-error') return 'it has no cross-entropy, only the mean squared error';
  if (shape.leak !== 'preactivation') return 'it has the leak on the preactivation only, not on the rate';
  if (shape.dale) return "it does not know Dale's law";
  if (blockPenalty !== 0) return 'it has no penalty on blocks of recurrent weights';
  return null;
}

function isTensorCredit(credit: Credit | null): boolean {
  if (credit === null) return false;
  const { readout, recurrent, keeps, slope, window } = credit;
  if (readout !== 'transpose' || keeps !== 'state' || slope !== null || window !== null) return false;
  return recurrent === 'transpose' || recurrent === 'none';
}

export function wiringRefusal({ mask }: Wiring): string | null {
  return mask === null ? null : 'it does not leave out connections';
}
