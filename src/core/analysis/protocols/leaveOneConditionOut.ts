/**
 * Each condition left out in turn: the metric learns on the others, and is scored on both.
 *
 *   test  = mean over c of score(condition c),  train = mean over c of score(all conditions but c),
 *   both with what was learned (means, components, whitening, rotation, weights) on all conditions but c
 *
 * Source: published pipeline (cross-validated distances); Williams et al. 2021, NeurIPS, section 3.1.
 */
import { LabError } from '../../errors.ts';
import { conditionsWhere } from '../../metrics/conditions.ts';
import { meanOf } from '../../statistics/summary.ts';
import type { Comparer } from '../measure.ts';
import type { Protocol } from './protocol.ts';

export const leaveOneConditionOut: Protocol = {
  id: 'leaveOneConditionOut',
  label: 'Leave one condition out',
  summary:
    'Aligned on all conditions but one and scored on that one, for each in turn: tells alignment that carries over from alignment that only fits. Scores on conditions left out can fall out of the range of the metric (an angle beyond a right angle, for example).',
  parts: [
    { id: 'test', label: 'on conditions left out' },
    { id: 'train', label: 'on the conditions aligned' },
  ],
  random: false,
  apply({ activity, recording, comparer }) {
    const fit = requireFit(comparer);
    const conditions = requireTwoConditions(activity.shape[0]);
    const folds = Array.from({ length: conditions }, (_, out) => {
      const [train, test] = [(c: number) => c !== out, (c: number) => c === out].map((kept) =>
        [activity, recording].map((x) => conditionsWhere(x, kept)),
      );
      const fitted = fit(train[0], train[1]);
      return { test: fitted.score(test[0], test[1]), train: fitted.score(train[0], train[1]) };
    });
    return {
      test: { value: meanOf(folds.map((f) => f.test)) },
      train: { value: meanOf(folds.map((f) => f.train)) },
    };
  },
};

function requireFit({ metric, fit }: Comparer): NonNullable<Comparer['fit']> {
  if (fit) return fit;
  throw new LabError(
    'protocol.fit',
    `Leaving one condition out with ${metric.label}: expected a metric that learns an alignment, but this one learns nothing that conditions left out could test. Compare all conditions at once, or choose another metric.`,
  );
}

function requireTwoConditions(found: number): number {
  if (found >= 2) return found;
  throw new LabError(
    'protocol.conditions',
    `Leaving one condition out: expected at least 2 conditions, found ${found}: none would be left to align on. Compare all conditions at once.`,
  );
}
