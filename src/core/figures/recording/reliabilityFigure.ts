/** Split-half reliability of each neuron, from the least reliable to the most. */
import type { SplitHalf } from '../../analysis/recording/splitHalfReliability.ts';
import { neuronTitle } from '../conditionAverages.ts';
import { plainLine } from '../conditionLines.ts';
import type { Figure } from '../figure.ts';

export function reliabilityFigure({ reliability, reasons, draws }: SplitHalf): Figure {
  const known = reliability.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const missing = Object.entries(reasons).map(([why, count]) => `Without a number: ${count} (${why}).`);
  return {
    id: 'splitHalfReliability',
    title: 'Split-half reliability of each neuron',
    x: {
      label: 'Neurons, least reliable first',
      scale: 'linear',
      whole: true,
      min: 0,
      max: known.length + 1,
    },
    y: {
      label: 'Reliability (Spearman–Brown)',
      scale: 'linear',
      min: Math.floor(5 * Math.min(0, known[0] ?? 0)) / 5,
      max: 1,
    },
    groups: [{ id: 'neurons', label: 'Neurons', color: 0 }],
    palette: 'distinct',
    lines: [
      {
        ...plainLine('Neurons', 'neurons', known.map((_, k) => k + 1), (k) => known[k]), // prettier-ignore
        drawn: 'dots',
      },
    ],
    bands: [],
    references: [],
    ...(known.length === 0 ? { whyEmpty: 'No neuron has enough trials' } : {}),
    notes: [
      `Correlation of a neuron's averages over random halves of its trials, mean over ${draws} splits, for all trials by Spearman and Brown's formula. 1: the trials determine the average; 0: it is noise.`,
      ...missing,
    ],
  };
}

/** The least reliable neurons, to look at: their titles and values. */
export function leastReliable(
  { reliability }: SplitHalf,
  names: readonly string[] | undefined,
  count: number,
): { title: string; neuron: number; value: number }[] {
  return reliability
    .flatMap((value, neuron) => (value === null ? [] : [{ title: neuronTitle(neuron, names), neuron, value }]))
    .sort((a, b) => a.value - b.value)
    .slice(0, count);
}
