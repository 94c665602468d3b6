/** Activity of all neurons together over time. */
import { quantileOf } from '../../statistics/summary.ts';
import type { Tensor } from '../../math/tensor.ts';

export type PopulationRate = {
  /** mean over neurons: conditions × steps */
  readonly byCondition: readonly (readonly number[])[];
  /** standard error of that mean, from the SD with n − 1; null of a single neuron: conditions × steps */
  readonly errors: readonly (readonly number[])[] | null;
  /** over neurons, of their means over conditions: quantiles × steps, and the mean at each step */
  readonly quantiles: readonly (readonly number[])[];
  readonly mean: readonly number[];
  /** of each neuron over steps and conditions */
  readonly ofNeurons: readonly number[];
};

export const shownQuantiles = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** activity: neurons × steps × conditions, at least one neuron */
export function populationRate({ shape, data }: Tensor): PopulationRate {
  const [neurons, steps, conditions] = shape as [number, number, number];
  const byCondition = Array.from({ length: conditions }, () => Array<number>(steps).fill(0));
  const squares = byCondition.map(() => Array<number>(steps).fill(0));
  const ofNeurons = Array<number>(neurons).fill(0);
  const quantiles = shownQuantiles.map(() => Array<number>(steps).fill(0));
  const mean = Array<number>(steps).fill(0);
  const atStep = new Float64Array(neurons);
  for (let t = 0; t < steps; t++) {
    for (let n = 0; n < neurons; n++) {
      let sum = 0;
      for (let c = 0; c < conditions; c++) {
        const value = data[(n * steps + t) * conditions + c];
        const before = value - byCondition[c][t];
        byCondition[c][t] += before / (n + 1); // Welford: no difference of large sums
        squares[c][t] += before * (value - byCondition[c][t]);
        sum += value;
      }
      atStep[n] = sum / conditions;
      ofNeurons[n] += sum / (conditions * steps);
    }
    const sorted = atStep.toSorted();
    mean[t] = sorted.reduce((sum, v) => sum + v, 0) / neurons;
    shownQuantiles.forEach((share, q) => (quantiles[q][t] = quantileOf(sorted, share)));
  }
  const errors = neurons > 1 ? squares.map((row) => row.map((sum) => Math.sqrt(sum / (neurons - 1) / neurons))) : null;
  return { byCondition, errors, quantiles, mean, ofNeurons };
}
