/** Half of the neurons against the other half, over random splits. */
import { meanOverDraws } from '../result.ts';
import { drawHalves } from '../unitSubsets.ts';
import { neuronsAt } from './neuronsAt.ts';
import type { Level } from './level.ts';

export const neuronSplit: Level = {
  id: 'neuronSplit',
  label: 'half of the neurons against the other half',
  kind: 'ceiling',
  summary:
    'How alike two samples of neurons from the same brain and the same trials are. Each half is only half as large as the recording that networks are compared with, and both carry noise, so this ceiling is too easily passed.',
  past: 'The network is nearer to the recording than half of its neurons are to the other half. That is because the halves are small and both carry noise of their own, not because the network were better than the brain: it is compared with all neurons, and may have as many units as it likes.',
  random: true,
  sameNeurons: false,
  estimate({ dataset: { activity }, compare, draws, random }) {
    const values = Array.from({ length: draws }, () => {
      const [a, b] = drawHalves(activity.shape[0], random);
      return compare(neuronsAt(activity, b), neuronsAt(activity, a));
    });
    return meanOverDraws(values);
  },
};
