/** Arithmetic of an update, silent units counted as active. */
import type { Problem } from './problems.ts';

/**
 * 10⁹ operations (a multiplication and an addition are two) of one update by BPTT: forward pass, backward pass and gradient
 * are products of the same size, B T N (N + I + 1 + O). With e-prop the backward pass has the readout alone, B T N O.
 */
export function gflopOf({ units, batch, loss }: Problem, rule = 'bptt'): number {
  const { trials, steps, input, target } = batch;
  const outputs = loss === 'cross-entropy' ? 3 : target.shape[2];
  const product = units * (units + input.shape[2] + 1 + outputs);
  const backward = rule === 'bptt' ? product : units * outputs;
  return 2e-9 * trials * steps * (2 * product + backward);
}
