/**
 * A level that makes a distance readable: what a comparison gives that needs no network. One file per level.
 *
 * A floor is what something without knowledge of the conditions or of learning reaches, a ceiling how alike two parts of
 * the recording are to each other.
 */
import type { Dataset } from '../../data/dataset.ts';
import type { NumpyGenerator } from '../../math/random/numpyGenerator.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { ComparisonMetric } from '../../metrics/metric.ts';
import type { Measured } from '../result.ts';

export type LevelInput = {
  readonly dataset: Pick<Dataset, 'activity' | 'singleTrials'>;
  /** the measure's number for activity that stands in for a network's; neurons × steps × conditions each */
  readonly compare: (activity: Tensor, recording: Tensor) => number;
  readonly metric: ComparisonMetric;
  readonly draws: number;
  readonly random: NumpyGenerator;
};

export type Level = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'floor' | 'ceiling';
  /** what it is, and what it does not say */
  readonly summary: string;
  /** what it means that a network is nearer than this ceiling, or at its end no nearer than this floor */
  readonly past: string;
  /** false: nothing is drawn at random */
  readonly random: boolean;
  /** what stands in for a network is activity of the very neurons recorded, in their order */
  readonly sameNeurons: boolean;
  /** throws LabError where the recording lacks what it needs */
  estimate(input: LevelInput): Measured;
};
