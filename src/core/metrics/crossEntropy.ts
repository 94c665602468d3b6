/**
 * Cross-entropy of a choice: the main part of the loss itself, over the steps that count.
 *
 *   H = mean of log Σo exp(y[o]) − y[c]        c: number of the right output at that step
 *
 * 0: certain and right; log(number of outputs): no better than guessing among all, with equal odds.
 */
import { mainLoss } from '../engines/loss.ts';
import { float64 } from '../math/tensor.ts';
import type { PerformanceMetric } from './metric.ts';
import { requireChoices } from './requirements.ts';

const label = 'Cross-entropy';

export const crossEntropy: PerformanceMetric = {
  kind: 'performance',
  id: 'crossEntropy',
  label,
  unit: '',
  range: [0, Infinity],
  better: 'lower',
  meaning:
    'How surprised the output is by the right choice, averaged over time steps: 0 is certain and right; it can be arbitrarily large where the output is certain and wrong.',
  source: 'the loss that choices are trained on; Good 1952, J. R. Stat. Soc. B 14:107',
  loss: 'cross-entropy',
  accuracy: { label: '1 − cross-entropy', from: (value) => 1 - value },
  onTestSet: { id: 'testCrossEntropy', label: 'Cross-entropy on the test set' },
  score(readout, target, mask) {
    requireChoices(readout, target, mask, label);
    const outputs = readout.shape.at(-1)!;
    return mainLoss('cross-entropy', outputs, float64(readout).data, float64(target), float64(mask)).main;
  },
};
