/** A way to apply a metric to a network's activity and the recording. One file per protocol. */
import type { NumpyRandom } from '../../math/random/numpyRandom.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Comparer } from '../measure.ts';
import type { Measured } from '../result.ts';

export type ProtocolInput = {
  /** of the network, conditions × steps × units */
  readonly activity: Tensor;
  /** conditions × steps × neurons */
  readonly recording: Tensor;
  readonly comparer: Comparer;
  readonly draws: number;
  readonly random: NumpyRandom;
};

export type Protocol = {
  readonly id: string;
  readonly label: string;
  /** one sentence: what it does, and what it is good for */
  readonly summary: string;
  /** the numbers it gives; figures show the first unless they ask for another */
  readonly parts: readonly { readonly id: string; readonly label: string }[];
  /** false: nothing is drawn at random, so that draws and seed do not matter */
  readonly random: boolean;
  /** by part; throws LabError where it cannot be applied */
  apply(input: ProtocolInput): Readonly<Record<string, Measured>>;
};
