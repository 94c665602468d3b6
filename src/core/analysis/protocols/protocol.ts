/** A way to apply a metric to a network's activity and the recording. One file per protocol. */
import type { NumpyGenerator } from '../../math/random/numpyGenerator.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Comparer } from '../measure.ts';
import type { Measured } from '../result.ts';

export type ProtocolInput = {
  /** of the network, conditions × steps × units */
  readonly activity: Tensor;
  /** conditions × steps × neurons */
  readonly recording: Tensor;
  /** true: not a network's but activity of the very neurons recorded, in their order, so that none may be compared with itself */
  readonly sameNeurons: boolean;
  readonly comparer: Comparer;
  readonly draws: number;
  readonly random: NumpyGenerator;
};

export type Protocol = {
  readonly id: string;
  readonly label: string;
  /** what it does, what it is good for, and how it misleads */
  readonly summary: string;
  /** the numbers it gives; figures show the first unless they ask for another */
  readonly parts: readonly { readonly id: string; readonly label: string }[];
  /** false: nothing is drawn at random, so that draws and seed do not matter */
  readonly random: boolean;
  /** levels that it fixes by its definition: their number, or why there is none */
  readonly fixedLevels?: Readonly<Record<string, number | string>>;
  /** by part; throws LabError where it cannot be applied */
  apply(input: ProtocolInput): Readonly<Record<string, Measured>>;
};
