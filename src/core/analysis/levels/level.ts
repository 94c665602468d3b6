/**
 * A level that makes a distance readable: what a comparison gives that needs no network. One file per level.
 *
 * A floor is what something without knowledge of the conditions or of learning reaches, a ceiling how alike two parts of
 * the recording are to each other.
 */
import type { Dataset } from '../../data/dataset.ts';
import type { NumpyRandom } from '../../math/random/numpyRandom.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Measured } from '../result.ts';

export type LevelInput = {
  readonly dataset: Pick<Dataset, 'activity'>;
  /** the measure's number for activity that stands in for a network's; samples × units each */
  readonly compare: (activity: Tensor, recording: Tensor) => number;
  readonly draws: number;
  readonly random: NumpyRandom;
};

export type Level = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'floor' | 'ceiling';
  /** one sentence: what it is, and what it does not say */
  readonly summary: string;
  /** false: nothing is drawn at random */
  readonly random: boolean;
  /** throws LabError where the recording lacks what it needs */
  estimate(input: LevelInput): Measured;
};
