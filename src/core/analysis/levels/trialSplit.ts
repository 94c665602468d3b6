/** The average of half of the trials against that of the other half, over random splits. */
import type { SingleTrial } from '../../data/dataset.ts';
import { LabError } from '../../errors.ts';
import type { NumpyGenerator } from '../../math/random/numpyGenerator.ts';
import { zeros } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import { meanOverDraws } from '../result.ts';
import type { Level } from './level.ts';

export const trialSplit: Level = {
  id: 'trialSplit',
  label: 'half of the trials against the other half',
  kind: 'ceiling',
  summary:
    'How well the trials determine the averages: the same neurons, averaged over half of the trials of each condition and over the other half. Both averages hold half of the trials, so this ceiling is too easily passed where noise decides; it knows nothing of other neurons.',
  past: 'The network is nearer to the recording than half of its trials are to the other half: few trials leave much noise in both halves, which makes this ceiling easy to pass.',
  random: true,
  sameNeurons: true,
  estimate({ dataset: { activity, singleTrials }, compare, draws, random }) {
    if (!singleTrials) {
      throw new LabError(
        'level.trials',
        'Splitting trials in two halves: this recording has no single trials, only averages over them.',
      );
    }
    const groups = trialsAlike(singleTrials);
    const values = Array.from({ length: draws }, () => {
      const [a, b] = averagesOfHalves(groups, activity.shape, random);
      return compare(b, a);
    });
    return meanOverDraws(values);
  },
};

/** Trials of one condition and the same neurons: only these can stand for each other. */
function trialsAlike(trials: readonly SingleTrial[]): SingleTrial[][] {
  const groups = [...Map.groupBy(trials, ({ condition, neurons }) => `${condition}: ${neurons.join()}`).values()];
  const alone = groups.find((group) => group.length < 2);
  if (!alone) return groups;
  throw new LabError(
    'level.trials',
    `Splitting trials in two halves: expected at least 2 trials of every neuron and condition, found 1 of condition ${alone[0].condition}, neuron ${alone[0].neurons[0]}. Leave out that condition or neuron.`,
  );
}

/** Two averages, neurons × steps × conditions each; of an odd number of trials one is left out. */
function averagesOfHalves(
  groups: readonly SingleTrial[][],
  shape: readonly number[],
  random: NumpyGenerator,
): [Tensor, Tensor] {
  const [, steps, conditions] = shape;
  const halves: [Tensor, Tensor] = [zeros(shape), zeros(shape)];
  for (const group of groups) {
    const size = Math.floor(group.length / 2);
    random
      .permutation(group.length)
      .slice(0, 2 * size)
      .forEach((trial, place) => {
        const { data } = halves[place < size ? 0 : 1];
        const { condition, neurons, activity } = group[trial];
        neurons.forEach((neuron, row) => {
          for (let t = 0; t < steps; t++) {
            data[(neuron * steps + t) * conditions + condition] += activity.data[row * steps + t] / size;
          }
        });
      });
  }
  return halves;
}
