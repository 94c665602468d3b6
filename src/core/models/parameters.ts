/** The learned numbers of a network, and what else fixes its equation. */
import type { Tensor } from '../math/tensor.ts';
import type { ActivationChoice } from './activations.ts';

/**
 * Continuous-time recurrent network (CTRNN), B trials, T steps, N units:
 *
 *   a[t] = a[t−1] + α (−a[t−1] + W h[t−1] + Win x[t] + b)      preactivation, a[0] = a0
 *   h[t] = φ(a[t]) + noise[t]                                  rate, h[0] = φ(a0)
 *   y[t] = Wout h[t] + bout                                    readout
 *
 * or, where the rate leaks rather than the preactivation:
 *
 *   u[t] = W h[t−1] + Win x[t] + b                             drive
 *   h[t] = h[t−1] + α (φ(u[t]) − h[t−1]) + noise[t]            rate, h[0] = a0
 *
 * W is made of Wrec and the wiring, see effectiveWeights.ts; in the simplest case W = Wrec.
 */
export type Parameters = {
  /** N: preactivation, or leaking rate, before the first step; shared by all trials, learned */
  readonly a0: Tensor;
  /** N × inputs */
  readonly Win: Tensor;
  /** N × N, rows are targets */
  readonly Wrec: Tensor;
  /** N */
  readonly b: Tensor;
  /** outputs × N */
  readonly Wout: Tensor;
  /** outputs */
  readonly bout: Tensor;
};

/** A fixed order, used wherever parameters are listed, summed or stored. */
export const parameterNames = ['a0', 'Win', 'Wrec', 'b', 'Wout', 'bout'] as const;
export type ParameterName = (typeof parameterNames)[number];

/** Shapes of all parameters. */
export function parameterShapes({
  units,
  inputs,
  outputs,
}: Pick<NetworkShape, 'units' | 'inputs' | 'outputs'>): Record<ParameterName, readonly number[]> {
  return {
    a0: [units],
    Win: [units, inputs],
    Wrec: [units, units],
    b: [units],
    Wout: [outputs, units],
    bout: [outputs],
  };
}

export function mapParameters(p: Parameters, f: (t: Tensor, name: ParameterName) => Tensor): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, f(p[name], name)])) as Parameters;
}

export type ModelSettings = ActivationChoice & {
  readonly units: number;
  /** of all units, or [shortest, longest], over which they are spread evenly */
  readonly tauMs: number | readonly [shortest: number, longest: number];
  /** factor on the drawn recurrent weights, whose standard deviation is 1.5 / √N before it */
  readonly initialGain: number;
  /** factor on the drawn readout weights; 1.01 in the published runs */
  readonly readoutGain: number;
  /** standard deviation of the noise added to the rates in training */
  readonly activityNoise: number;
  readonly leak: NetworkShape['leak'];
  readonly dale: boolean;
  /** share of the recurrent connections that are there; 1: all */
  readonly density: number;
};

/** The shape of a network: what an engine needs besides its parameters. */
export type NetworkShape = ActivationChoice & {
  readonly units: number;
  readonly inputs: number;
  readonly outputs: number;
  /** dtMs / tauMs: of all units, or of each (N) */
  readonly alpha: number | readonly number[];
  /** what decays by itself: the preactivation (see `Parameters`) or the rate, h[t] = h[t−1] + α (φ(u[t]) − h[t−1]) */
  readonly leak: 'preactivation' | 'rate';
  /** whether each unit excites or inhibits only: recurrent weights act by their size, the mask of Wiring gives the sign */
  readonly dale: boolean;
};

/** dtMs / tauMs of each unit: N. */
export function alphaOfUnits({ alpha, units }: Pick<NetworkShape, 'alpha' | 'units'>): Float64Array {
  return typeof alpha === 'number' ? new Float64Array(units).fill(alpha) : Float64Array.from(alpha);
}
