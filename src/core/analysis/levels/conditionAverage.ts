/** The recording with each condition replaced by the average over conditions: time alone, nothing about conditions. */
import { crossConditionAverage } from '../activityMatrix.ts';
import type { Level } from './level.ts';

export const conditionAverage: Level = {
  id: 'crossConditionAverage',
  label: 'average over conditions',
  kind: 'floor',
  summary:
    'The recording against its own average over conditions: a network that is farther away knows nothing about the conditions. It knows all about time, and has the very neurons recorded, so that few networks start below it.',
  past: 'What is common to all conditions comes as near: the network need not know anything about the conditions.',
  random: false,
  sameNeurons: true,
  estimate: ({ dataset: { activity }, compare }) => ({ value: compare(crossConditionAverage(activity), activity) }),
};
