/** The recording with each condition replaced by the average over conditions: time alone, nothing about conditions. */
import { crossConditionAverage, samplesByNeurons } from '../activityMatrix.ts';
import type { Level } from './level.ts';

export const conditionAverage: Level = {
  id: 'crossConditionAverage',
  label: 'average over conditions',
  kind: 'floor',
  summary:
    'The recording against its own average over conditions: a network that is farther away knows nothing about the conditions.',
  random: false,
  estimate: ({ dataset: { activity }, compare }) => ({
    value: compare(samplesByNeurons(crossConditionAverage(activity)), samplesByNeurons(activity)),
  }),
};
