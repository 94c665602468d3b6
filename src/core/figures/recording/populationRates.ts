/** Activity of all neurons together: by condition over time, its spread over neurons, and each neuron's mean. */
import { shownQuantiles } from '../../analysis/recording/populationRate.ts';
import type { PopulationRate } from '../../analysis/recording/populationRate.ts';
import type { Dataset } from '../../data/dataset.ts';
import { linesOf, mostApart, shownConditions } from '../conditionColours.ts';
import type { ConditionChoice, ShownConditions } from '../conditionColours.ts';
import { plainLine } from '../conditionLines.ts';
import type { Band, Figure } from '../figure.ts';
import { timeOf } from './recordingTime.ts';

export type RecordingAxes = Pick<Dataset, 'timeMs' | 'alignment' | 'conditions'>;

const [rate, neurons] = ['Mean firing rate', 'neurons'];

export function populationRates(of: PopulationRate, recording: RecordingAxes, choice: ConditionChoice): Figure[] {
  const { x, axis } = timeOf(recording);
  const count = of.ofNeurons.length;
  const shown = shownConditions(recording.conditions, choice);
  const band = (low: number, high: number): Band => ({
    group: neurons,
    label: `${100 * shownQuantiles[low]} to ${100 * shownQuantiles[high]} % of the neurons`,
    x,
    low: of.quantiles[low],
    high: of.quantiles[high],
  });
  const errors = errorBands(of, x, shown);
  const one = [{ id: neurons, label: `Mean over ${count} neurons`, color: 0 }];
  const sorted = of.ofNeurons.toSorted((a, b) => a - b);
  return [
    {
      id: 'populationRate',
      title: 'Population rate by condition',
      x: axis,
      y: { label: rate, scale: 'linear', min: null, max: null },
      groups: shown.groups,
      palette: shown.palette,
      lines: linesOf(shown, x, of.byCondition),
      bands: errors,
      references: [],
      notes: [
        errors.length > 0
          ? `Population rate: mean over ${count} neurons; bands: ± s.e.m. across neurons.`
          : `Population rate: mean over ${count} neurons.`,
        ...shown.notes,
      ],
    },
    {
      id: 'populationSpread',
      title: 'Spread over neurons',
      x: axis,
      y: { label: rate, scale: 'linear', min: null, max: null },
      groups: one,
      palette: 'distinct',
      lines: [{ ...plainLine('Mean', neurons, x, (t) => of.mean[t]), role: 'mean' }],
      bands: [band(0, 4), band(1, 3)],
      references: [],
      notes: [
        'Spread: rates of neurons, averaged over conditions; their mean, and bands of 5 to 95 % and 25 to 75 % of the neurons.',
      ],
    },
    {
      id: 'neuronRates',
      title: 'Mean rate of each neuron',
      x: {
        label: 'Neurons, lowest rate first',
        scale: 'linear',
        whole: true,
        min: 0,
        max: count + 1,
      },
      y: { label: rate, scale: 'linear', min: null, max: null },
      groups: [{ id: neurons, label: 'Neurons', color: 0 }],
      palette: 'distinct',
      lines: [
        {
          ...plainLine('Neurons', neurons, sorted.map((_, k) => k + 1), (k) => sorted[k]), // prettier-ignore
          drawn: 'dots',
        },
      ],
      bands: [],
      references: [],
      notes: ['Mean rate of each neuron: over steps and conditions.'],
    },
  ];
}

/** Of lines that are one condition each, and few enough to be told apart. */
function errorBands({ byCondition, errors }: PopulationRate, x: number[], shown: ShownConditions): Band[] {
  const { average, groups, groupOf, labels } = shown;
  if (errors === null || average || byCondition.length > mostApart) return [];
  return byCondition.flatMap((mean, c) => {
    const group = groupOf[c];
    if (group === null) return [];
    return {
      group: groups[group].id,
      label: `${labels[c]}, mean ± s.e.m. across neurons`,
      x,
      low: mean.map((rate, t) => rate - errors[c][t]),
      high: mean.map((rate, t) => rate + errors[c][t]),
    };
  });
}
