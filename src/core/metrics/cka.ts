/** One minus linear CKA, see kernelAlignment.ts. Source: Kornblith et al. 2019, ICML. */
import { alignmentMetric } from './kernelAlignment.ts';
import { ofBoth } from './metric.ts';

export const cka = alignmentMetric(
  {
    id: 'cka',
    label: '1 − CKA',
    unit: '',
    range: [0, 1],
    better: 'lower',
    meaning:
      'How far the similarities between samples differ: 0 is a rotated copy, 1 nothing in common; one minus linear centred kernel alignment. Ignores rotation, offset and overall scale.',
    source: 'Kornblith et al. 2019, ICML',
    ignores: ofBoth(['rotation', 'scaling', 'shift', 'permutation']),
    symmetric: true,
    triangle: false,
    matched: true,
    identity: 0,
    preprocessing:
      "Each unit's mean over the samples compared is taken off; if asked for, each set is first reduced to principal components.",
    limits:
      'The directions of most variance decide, as squares of variances count; a network can match them and miss everything else. Few samples beside many units push it towards 0.',
  },
  (alignment) => 1 - alignment,
);
