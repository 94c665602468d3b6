/** What a rule that computes its own gradient is given: one batch, run forward. B trials, T time steps, N units. */
import type { TorchRandom } from '../math/random/torchRandom.ts';
import type { Activity, Perturbation } from '../models/activity.ts';
import type { NetworkShape, ParameterName } from '../models/parameters.ts';

export type Pass = {
  readonly shape: NetworkShape;
  /** float64, flat; shapes as in `Parameters` */
  readonly parameters: Readonly<Record<ParameterName, Float64Array>>;
  /** N × N: W, the recurrent weights in effect; what a rule gives as gradient of Wrec is that of W */
  readonly weights: Float64Array;
  /** B × T × inputs */
  readonly input: Float64Array;
  readonly activity: Activity;
  /** B × T × outputs: e = ∂main/∂y */
  readonly error: Float64Array;
  /** ∂activity penalty/∂h = this · h */
  readonly penaltySlope: number;
  /** Runs the same trials, with the same noise, again: main and activity term of the loss, as the share of each trial (B). */
  losses(added: Perturbation | null): Float64Array;
  /** draws of this update */
  readonly random: TorchRandom;
  /** draws that are the same in all updates of a network */
  readonly fixed: TorchRandom;
};

/** Gradient of every parameter, Wrec's being that of W; shapes as in `Parameters`, flat. */
export type Gradient = Record<ParameterName, Float64Array>;

/** All zero. */
export function emptyGradient({ parameters }: Pick<Pass, 'parameters'>): Gradient {
  const names = Object.keys(parameters) as ParameterName[];
  return Object.fromEntries(names.map((name) => [name, new Float64Array(parameters[name].length)])) as Gradient;
}
