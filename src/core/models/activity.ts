/** What runs of a network leave behind, and what can be added to one. B trials, T time steps, N units; flat, row-major. */

export type Activity = {
  readonly trials: number;
  readonly steps: number;
  /** N: rate before the first step, the same in all trials */
  readonly h0: Float64Array;
  /** B × T × N: what the activation function is taken of, a[t] or, with the leak on the rate, u[t] */
  readonly a: Float64Array;
  /** B × T × N: rate, noise included */
  readonly h: Float64Array;
  /** B × T × outputs: readout */
  readonly y: Float64Array;
};

export type Perturbation = {
  /** B × N: added to the initial state a0 */
  readonly start: Float64Array;
  /** B × T × N: added to the drive of each unit, as b is */
  readonly drive: Float64Array;
};
