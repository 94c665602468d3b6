/**
 * A penalty that keeps two halves of a network apart: c times the sum of squares of the two off-diagonal blocks of the
 * raw N × N Wrec, each ⌊N/2⌋ square (with an odd N the last unit is in no block).
 */
import type { Floats } from '../math/tensor.ts';

export function blockLoss(coefficient: number, Wrec: Floats): number {
  if (coefficient === 0) return 0;
  let sum = 0;
  for (const k of offDiagonal(Wrec)) sum += Wrec[k] * Wrec[k];
  return coefficient * sum;
}

/** Adds the slope of `blockLoss` to a gradient of Wrec. */
export function addBlockSlope(coefficient: number, Wrec: Floats, gradient: Floats): void {
  if (coefficient === 0) return;
  for (const k of offDiagonal(Wrec)) gradient[k] += 2 * coefficient * Wrec[k];
}

/** Places in Wrec of the entries of both blocks. */
function* offDiagonal(Wrec: Floats): Generator<number> {
  const N = Math.sqrt(Wrec.length);
  const half = Math.floor(N / 2);
  for (let i = 0; i < half; i++) {
    for (let j = 0; j < half; j++) {
      yield i * N + half + j;
      yield (half + i) * N + j;
    }
  }
}
