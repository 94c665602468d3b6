/** The two operations that take most of the time of a comparison, as a port: a host may bring faster ones. */
import { transposeTimes } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { singularValues } from './singularValues.ts';

export type LinearAlgebra = {
  /** descending; throws LabError `linear.notFinite` for entries that are not finite numbers */
  singularValues(a: Matrix): Float64Array;
  /** Aᵀ B. A: k × m, B: k × n */
  transposeTimes(a: Matrix, b: Matrix): Matrix;
};

export const portableLinearAlgebra: LinearAlgebra = { singularValues, transposeTimes };
