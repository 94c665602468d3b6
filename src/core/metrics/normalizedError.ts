/**
 * Squared error of a readout as a share of the target's own spread, averaged over outputs.
 *
 *   E_k = Σ m (y − y*)² / Σ m (y* − ȳ*_k)²        sums over trials and steps where the mask m is 1,
 *                                                 ȳ*_k the target's mean there
 *
 * 1: no better than the target's mean; 0: perfect. An output whose target never changes has no spread to divide by and
 * counts with its plain sum of squared errors, as in the published code.
 */
import { LabError } from '../errors.ts';
import type { PerformanceMetric } from './metric.ts';
import { requireFinite, requireSameShape } from './requirements.ts';

const label = 'Normalised error';

export const normalizedError: PerformanceMetric = {
  kind: 'performance',
  id: 'normalizedError',
  label,
  unit: '',
  range: [0, Infinity],
  better: 'lower',
  meaning:
    'Squared error of the output as a share of the variance of its target: 0 is perfect, 1 no better than the mean of the target.',
  source: 'published pipeline; one minus the coefficient of determination, averaged over outputs',
  loss: 'mean-squared-error',
  accuracy: { label: '1 − normalised error', from: (value) => 1 - value },
  onTestSet: { id: 'testError', label: 'Normalised error on the test set' },
  score(readout, target, mask) {
    requireSameShape(readout, target, label);
    requireSameShape(readout, mask, label);
    requireFinite(readout, label);
    const outputs = target.shape.at(-1)!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += errorOfOutput(readout.data, target.data, mask.data, outputs, k);
    return sum / outputs;
  },
};

/** Arrays with the outputs along their last axis. */
function errorOfOutput(
  y: ArrayLike<number>,
  target: ArrayLike<number>,
  mask: ArrayLike<number>,
  outputs: number,
  k: number,
): number {
  const counted: number[] = [];
  for (let i = k; i < y.length; i += outputs) if (mask[i] !== 0) counted.push(i);
  if (counted.length === 0) {
    throw new LabError(
      'metric.nothingCounted',
      `Scoring output ${k}: expected at least one time step with mask 1, found none. Check the timing of the task.`,
    );
  }
  const errors = counted.reduce((sum, i) => sum + (y[i] - target[i]) ** 2, 0);
  const constant = counted.every((i) => target[i] === target[counted[0]]);
  if (constant) return errors;
  const mean = counted.reduce((sum, i) => sum + target[i], 0) / counted.length;
  return errors / counted.reduce((sum, i) => sum + (target[i] - mean) ** 2, 0);
}
