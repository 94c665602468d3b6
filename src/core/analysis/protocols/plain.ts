/** The metric on everything at once: fitted and scored on the same samples. */
import type { Protocol } from './protocol.ts';

export const plain: Protocol = {
  id: 'plain',
  label: 'All conditions at once',
  summary: 'Aligned and scored on the same samples: what is published most often, and flattering where units are many.',
  parts: [{ id: 'all', label: 'on all conditions' }],
  random: false,
  apply: ({ activity, recording, comparer }) => ({ all: { value: comparer.compare(activity, recording) } }),
};
