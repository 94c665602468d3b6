/**
 * Share of the steps of the decision in which the largest output is the right one.
 *
 * The decision is where the right output is not number 0, which stands for "no choice yet"; waiting, easily learned, does not
 * count. A choice among two by chance gives 0.5; an output that never decides gives 0.
 */
import { LabError } from '../errors.ts';
import type { PerformanceMetric } from './metric.ts';
import { requireChoices } from './requirements.ts';

const label = 'Fraction correct';

export const fractionCorrect: PerformanceMetric = {
  kind: 'performance',
  id: 'fractionCorrect',
  label,
  unit: '',
  range: [0, 1],
  better: 'higher',
  meaning:
    'Share of the decision in which the largest output is the right choice: 1 is always right, 0.5 is chance between two. Ignores how sure the output is, and the time before the decision.',
  source: 'usual measure of choices; the published analysis uses 1 − cross-entropy instead',
  loss: 'cross-entropy',
  accuracy: { label: 'fraction correct', from: (value) => value },
  onTestSet: { id: 'testFractionCorrect', label: 'Fraction correct on the test set' },
  score(readout, target, mask) {
    requireChoices(readout, target, mask, label);
    const outputs = readout.shape.at(-1)!;
    const y = readout.data;
    let decided = 0;
    let right = 0;
    for (let row = 0; row < target.data.length; row++) {
      if (mask.data[row] === 0 || target.data[row] === 0) continue;
      let largest = 0;
      for (let o = 1; o < outputs; o++) if (y[row * outputs + o] > y[row * outputs + largest]) largest = o;
      decided += 1;
      if (largest === target.data[row]) right += 1;
    }
    if (decided > 0) return right / decided;
    throw new LabError(
      'metric.nothingCounted',
      `Measuring ${label}: expected steps whose right output is a choice (number 1 or more), found none. Check the timing of the task.`,
    );
  },
};
