/**
 * Two groups of n neurons against each other, continued to as many neurons as the recording has.
 *
 *   g(d(n)) = p + q / n, fitted by least squares to the means at n = N/4, N/3, N/2;   value = g⁻¹(p + q / N)
 *
 * d(n): mean over draws of two disjoint groups of n of the N neurons. g squares metrics that obey the triangle inequality
 * and leaves others alone: sampling n neurons disturbs the similarities between samples by about 1/√n, a distance grows
 * as the disturbance, 1 − similarity as its square. The line is bent where n is small, so that the value lies between that
 * of halves and the true one, see docs/ceilings.md. Assumes that neurons are drawn alike from one population.
 */
import { LabError } from '../../errors.ts';
import { meanOf } from '../../statistics/summary.ts';
import { drawHalves } from '../unitSubsets.ts';
import { neuronsAt } from './neuronsAt.ts';
import type { Level } from './level.ts';

const parts = [4, 3, 2];
const fewestNeurons = 16;

export const neuronSplitExtrapolated: Level = {
  id: 'neuronSplitExtrapolated',
  label: 'as many other neurons (extrapolated)',
  kind: 'ceiling',
  summary:
    'What as many other neurons of the same brain would be expected to give: groups of a quarter, a third and half of the neurons against each other, continued along a straight line in 1/n (of the square, where the metric is a distance). Assumes that all neurons are drawn from one population; rather too easily passed than too hard, and the noise of the trials stays in it.',
  past: 'The network is nearer to the recording than another sample of as many neurons of the same brain is expected to be: it has what is common to all neurons without the noise and the peculiarities that both samples would have. This does not make it a better brain.',
  random: true,
  sameNeurons: false,
  estimate({ dataset: { activity }, metric, compare, draws, random }) {
    const [neurons] = activity.shape;
    requireEnough(neurons);
    if (!Number.isFinite(metric.range[1])) refuseUnbounded(metric.label);
    const sizes = parts.map((part) => Math.floor(neurons / part));
    const means = sizes.map((size) => {
      const values = Array.from({ length: draws }, () => {
        const [a, b] = drawHalves(neurons, random, size);
        return compare(neuronsAt(activity, b), neuronsAt(activity, a));
      });
      return meanOf(values);
    });
    const { straighten, bend } = metric.triangle ? squares : asIs;
    const line = straightLine(
      sizes.map((n) => 1 / n),
      means.map(straighten),
    );
    return { value: bend(line(1 / neurons)), draws: draws * sizes.length };
  },
};

const squares = { straighten: (d: number) => d * d, bend: (s: number) => Math.sqrt(Math.max(0, s)) };
const asIs = { straighten: (d: number) => d, bend: (d: number) => d };

/** The line of least squares through points (x, y). */
export function straightLine(x: readonly number[], y: readonly number[]): (x: number) => number {
  const [mx, my] = [meanOf(x), meanOf(y)];
  const slope = x.reduce((sum, v, i) => sum + (v - mx) * (y[i] - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  return (at) => my + slope * (at - mx);
}

function requireEnough(neurons: number): void {
  if (neurons >= fewestNeurons) return;
  throw new LabError(
    'level.neurons',
    `Extrapolating in the number of neurons: expected at least ${fewestNeurons} neurons, found ${neurons}. Read the network against half of the neurons, or choose a recording of more.`,
  );
}

function refuseUnbounded(label: string): never {
  throw new LabError(
    'level.metric',
    `Extrapolating ${label} in the number of neurons: expected a metric whose size does not depend on how many neurons there are, found one without an upper end. Choose another metric.`,
  );
}
