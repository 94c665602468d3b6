/**
 * The angle whose cosine is linear CKA, as a share of a right angle; see kernelAlignment.ts. Unlike one minus CKA it obeys
 * the triangle inequality. Source: Williams et al. 2021, NeurIPS, section 2.3; Kornblith et al. 2019, ICML.
 */
import { alignmentMetric } from './kernelAlignment.ts';
import { ofBoth } from './metric.ts';
import { shareOfRightAngle } from './rightAngle.ts';

export const metricCka = alignmentMetric(
  {
    id: 'metricCka',
    label: 'CKA angle',
    unit: '',
    range: [0, 1],
    better: 'lower',
    meaning:
      'Angle between the similarities between samples of two sets of activity: 0 is a rotated copy, 1 a right angle. Ignores rotation, offset and overall scale.',
    source: 'Williams et al. 2021, NeurIPS; Kornblith et al. 2019, ICML',
    ignores: ofBoth(['rotation', 'scaling', 'shift', 'permutation']),
    symmetric: true,
    triangle: true,
    matched: true,
    identity: 0,
    preprocessing:
      "Each unit's mean over the samples compared is taken off; if asked for, each set is first reduced to principal components.",
    limits:
      'Orders networks as CKA does and shares its weaknesses; being a distance, it is the one to embed and to average.',
  },
  shareOfRightAngle,
);
