/**
 * The recurrent matrix that acts, from the raw one that is learned. N units, all arrays N × N, rows are targets:
 *
 *   W = Wrec ∘ mask        with Dale's law W = |Wrec| ∘ mask, whose mask has the sign of the projecting unit
 *
 * A mask of null is 1 everywhere.
 */
import type { Floats } from '../math/tensor.ts';
import type { NetworkShape } from './parameters.ts';
import type { Wiring } from './wiring.ts';

export function effectiveWeights(
  { dale }: Pick<NetworkShape, 'dale'>,
  { mask }: Pick<Wiring, 'mask'>,
  Wrec: Floats,
): Float64Array {
  return Float64Array.from(Wrec, (w, k) => (dale ? Math.abs(w) : w) * (mask ? mask.data[k] : 1));
}

/** From ∂/∂W to ∂/∂Wrec, in place; the slope of |w| at 0 is 0. */
export function toRawGradient(
  { dale }: Pick<NetworkShape, 'dale'>,
  { mask }: Pick<Wiring, 'mask'>,
  Wrec: Floats,
  gradient: Floats,
): void {
  for (let k = 0; k < gradient.length; k++) {
    if (mask) gradient[k] *= mask.data[k];
    if (dale) gradient[k] *= Math.sign(Wrec[k]);
  }
}

/** Each entry of W replaced by the mean over its block of two cell types; 0 outside of all blocks. */
export function cellTypeMeans(W: Float64Array, cellTypes: NonNullable<Wiring['cellTypes']>): Float64Array {
  const N = Math.sqrt(W.length);
  const means = new Float64Array(W.length);
  for (const [firstRow, endRow] of cellTypes) {
    for (const [firstColumn, endColumn] of cellTypes) {
      let sum = 0;
      for (let i = firstRow; i < endRow; i++) {
        for (let j = firstColumn; j < endColumn; j++) sum += W[i * N + j];
      }
      const mean = sum / ((endRow - firstRow) * (endColumn - firstColumn));
      for (let i = firstRow; i < endRow; i++) means.fill(mean, i * N + firstColumn, i * N + endColumn);
    }
  }
  return means;
}
