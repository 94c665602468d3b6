/**
 * Singular values alone, largest first: Householder reflections make the matrix bidiagonal, QR sweeps finish.
 *
 * The matrix is scaled by a power of 2 (exact) that brings its largest entry near 1. It is never squared (AᵀA would
 * cost half of the digits): the error is a few roundings of the largest value.
 */
import { LabError } from '../../errors.ts';
import { bidiagonalize, diagonalize } from './bidiagonal.ts';
import { transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** Throws LabError `linear.notFinite` for a matrix with an entry that is not a finite number. */
export function singularValues(a: Matrix): Float64Array {
  requireFiniteEntries(a);
  const scale = powerOfTwoAbove(a.data.reduce((largest, v) => Math.max(largest, Math.abs(v)), 0));
  const tall = a.rows >= a.cols ? a : transpose(a);
  const form = bidiagonalize({ ...tall, data: tall.data.map((v) => v / scale) });
  if (!diagonalize(form)) {
    throw new LabError(
      'linear.convergence',
      `Finding the singular values of a ${a.rows} × ${a.cols} matrix: they did not settle. Please report this.`,
    );
  }
  return form.diagonal
    .map((v) => Math.abs(v) * scale)
    .sort()
    .reverse();
}

export function requireFiniteEntries({ cols, data }: Matrix, doing = 'Finding singular values'): void {
  let at = 0; // a loop: findIndex would take a tenth of the time of the native routine
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  throw new LabError(
    'linear.notFinite',
    `${doing}: expected finite numbers, found ${data[at]} in row ${Math.floor(at / cols)}, column ${at % cols}. Check the data for overflow or missing values.`,
  );
}

/** A power of 2 not far above x ≥ 0, small and large enough that neither it nor its reciprocal overflows. */
export function powerOfTwoAbove(x: number): number {
  return 2 ** Math.max(-1000, Math.min(1000, Math.ceil(Math.log2(x))));
}
