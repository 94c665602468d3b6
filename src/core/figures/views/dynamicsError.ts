/** How well linear models predict activity in conditions held out: what delays and rank of the dynamical similarity go by. */
import { activityMatrix, samplesByNeurons } from '../../analysis/activityMatrix.ts';
import { isRecording } from '../../data/dataset.ts';
import { byCondition } from '../../metrics/conditions.ts';
import { dynamicsSettings } from '../../metrics/dsa.ts';
import { sweepDynamics } from '../../metrics/dynamicsError.ts';
import type { SweptDynamics } from '../../metrics/dynamicsError.ts';
import { defaultsOf } from '../../tasks/settings.ts';
import { plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';
import { chosenOnly, nameOf, type NetworkView } from './networkView.ts';

const swept = { delays: [1, 2, 3, 5, 8, 12, 20], ranks: [5, 10, 20, 40] };
const still = 'nothing changes';

export const dynamicsErrorView: NetworkView = {
  kind: 'network',
  id: 'dynamicsError',
  label: 'Prediction error of the dynamics',
  summary:
    'How well linear models of several delays and ranks predict conditions held out: choose those of the dynamical similarity (DSA) by it.',
  options: [],
  updates: chosenOnly,
  describe({ snapshots: [snapshot], task, dataset }) {
    const conditions = dataset.conditions.length;
    const network = activityMatrix(snapshot.forward().rates, task.analysis);
    const of = (id: string, name: string, x: Parameters<typeof byCondition>[0]): Figure =>
      errorsFigure(id, name, sweepDynamics(byCondition(x, conditions), swept, defaultsOf(dynamicsSettings)));
    return [
      of('dynamicsErrorOfNetwork', nameOf(snapshot), network),
      ...(isRecording(dataset)
        ? [of('dynamicsErrorOfRecording', dataset.name, samplesByNeurons(dataset.activity))]
        : []),
    ];
  },
};

type Found = Extract<SweptDynamics, { error: number }>;

/** One line per rank; what could not be fitted is left out and named. */
function errorsFigure(id: string, name: string, all: readonly SweptDynamics[]): Figure {
  const found = all.filter((one): one is Found => one.error !== null);
  const refused = all.filter(({ error }) => error === null);
  const ofRank = swept.ranks.map((rank) => found.filter((one) => one.rank === rank));
  const best = found.reduce<Found | null>((least, one) => (least && least.error <= one.error ? least : one), null);
  const lines = ofRank.flatMap((row, k) =>
    row.length === 0
      ? []
      : [
          plainLine(
            `rank ${swept.ranks[k]}`,
            `rank ${swept.ranks[k]}`,
            row.map((one) => one.delays),
            (i) => row[i].error,
          ),
        ],
  );
  const persistence = found.find(({ delays }) => delays === swept.delays[0])?.persistence;
  return {
    id,
    title: `Prediction error of linear dynamics: ${name}`,
    x: { label: 'Delays (steps)', scale: 'linear', whole: true, min: 0, max: null },
    y: { label: 'Share of the variance not predicted', scale: 'log', min: null, max: null },
    groups: lines.map(({ group }, color) => ({ id: group, label: group, color })),
    palette: 'distinct',
    lines,
    bands: [],
    references: persistence === undefined ? [] : [{ label: still, y: persistence }],
    ...(found.length === 0 ? { whyEmpty: 'No linear model can be fitted here' } : {}),
    notes: [
      'One step ahead in conditions held out, in the leading principal components of those fitted. 0: all is predicted, 1: no better than the mean.',
      `“${still}”: the error of the guess that nothing changes. A model that is no better says nothing about dynamics.`,
      ...(best ? [`Least error: ${best.error.toPrecision(3)} with ${best.delays} delays and rank ${best.rank}.`] : []),
      ...(refused.length > 0 && refused[0].error === null
        ? [
            `Could not be fitted: ${refused.length} of ${all.length}, the first (${refused[0].delays} delays, rank ${refused[0].rank}) because: ${refused[0].reason}`,
          ]
        : []),
    ],
  };
}
