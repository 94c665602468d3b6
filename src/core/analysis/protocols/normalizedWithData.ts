/**
 * Distance on the scale of the recording itself, over random splits of its neurons into halves A and B:
 *
 *   d1 = d(B, A),  d2 = d(as many units of the network, A),  d3 = d(B averaged over conditions, A)
 *   normalized = (d2 − d1) / (1 − d1),   baseline = (d3 − d1) / (1 − d1)
 *
 * 0: as far from one half of the neurons as the other half is; 1: nothing in common. All are means over the draws. The
 * draws are the published ones: A, B and units in this order from NumPy's `default_rng(seed)`.
 *
 * Source: published pipeline.
 */
import { LabError } from '../../errors.ts';
import { averageOverConditions } from '../../metrics/conditions.ts';
import type { ComparisonMetric } from '../../metrics/metric.ts';
import { meanOverDraws } from '../result.ts';
import { drawHalves } from '../unitSubsets.ts';
import type { Protocol } from './protocol.ts';

export const normalizedWithData: Protocol = {
  id: 'normalizedWithData',
  label: 'Normalised with data',
  summary:
    'As many units as half of the neurons, against half of the neurons, on a scale where 0 is the other half and 1 nothing in common. 0 is no floor: the halves of a recording carry noise and neurons of their own, so a network can come closer than they do and is then below 0.',
  parts: [
    { id: 'normalized', label: 'normalised with data' },
    { id: 'baseline', label: 'average over conditions, normalised' },
    { id: 'network', label: 'units to half' },
    { id: 'neurons', label: 'half to half' },
    { id: 'average', label: 'averaged half to half' },
  ],
  random: true,
  fixedLevels: {
    neuronSplit: 0,
    neuronSplitExtrapolated:
      'Normalised with data, half of the neurons against the other half is 0 by definition; there is nothing to extrapolate.',
    trialSplit: 'Normalised with data, the scale is set by splits of the neurons, not of the trials.',
  },
  apply({ activity, recording, sameNeurons, comparer, draws, random }) {
    requireUnitDistance(comparer.metric);
    const [neurons, units] = [recording.shape[2], activity.shape[2]];
    const average = averageOverConditions(recording);
    const [toNeurons, toUnits, toAverage] = [recording, activity, average].map((set) =>
      comparer.compareUnits(set, recording),
    );
    const drawn = Array.from({ length: draws }, () => {
      const [a, b] = drawHalves(neurons, random, units);
      const chosen = sameNeurons ? b : random.permutation(units).slice(0, a.length);
      const d1 = toNeurons(b, a);
      const d2 = toUnits(chosen, a);
      const d3 = toAverage(b, a);
      return { normalized: onScaleOf(d1, d2), baseline: onScaleOf(d1, d3), network: d2, neurons: d1, average: d3 };
    });
    const mean = (part: keyof (typeof drawn)[number]) => meanOverDraws(drawn.map((draw) => draw[part]));
    return {
      normalized: mean('normalized'),
      baseline: mean('baseline'),
      network: mean('network'),
      neurons: mean('neurons'),
      average: mean('average'),
    };
  },
};

function onScaleOf(d1: number, d: number): number {
  if (d1 < 1) return (d - d1) / (1 - d1);
  throw new LabError(
    'protocol.scale',
    'Normalising with data: expected halves of the neurons that have something in common, found two at distance 1. Check the neurons of the recording.',
  );
}

function requireUnitDistance({ label, better, range: [least, most] }: ComparisonMetric): void {
  if (better === 'lower' && least === 0 && most === 1) return;
  throw new LabError(
    'protocol.range',
    `Normalising ${label} with data: expected a distance from 0 (the same) to 1 (nothing in common), found one from ${least} to ${most} of which ${better === 'higher' ? 'more' : 'less'} is closer. Choose another metric, or compare all conditions at once.`,
  );
}
