/** What rules that compute their own gradient share about the readout. */
import { addOuter, addTransposed } from '../math/linear/products.ts';
import type { Floats } from '../math/tensor.ts';
import type { Gradient, Pass } from './pass.ts';

/**
 * The readout's own gradient needs nothing but its error and the rates, and is exact in every rule:
 *
 *   gWout = Σ e[t] h[t]ᵀ      gbout = Σ e[t]
 */
export function addReadoutGradient({ shape, activity, error }: Pass, gradient: Gradient): void {
  const { units, outputs } = shape;
  for (let row = 0; row < activity.trials * activity.steps; row++) {
    addOuter(gradient.Wout, error, row * outputs, outputs, activity.h, row * units, units);
    for (let o = 0; o < outputs; o++) gradient.bout[o] += error[row * outputs + o];
  }
}

/** Into `signal` (N): L[t] = Boutᵀ e[t] + ∂activity penalty/∂h[t] of one row, trial · T + t. Bout: outputs × N. */
export function learningSignal(
  { shape, activity, error, penaltySlope }: Pass,
  Bout: Floats,
  row: number,
  signal: Float64Array,
): void {
  const { units, outputs } = shape;
  for (let i = 0; i < units; i++) signal[i] = penaltySlope * activity.h[row * units + i];
  addTransposed(signal, Bout, error, row * outputs, outputs);
}
