/** Products of parts of flat row-major matrices, in place where they are added up. */
import type { Floats } from '../tensor.ts';

/** Σk u[uStart + k] v[vStart + k]; four sums at a time, which keeps the processor busy. */
export function dot(u: Float64Array, uStart: number, v: Float64Array, vStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    s0 += u[uStart + k] * v[vStart + k];
    s1 += u[uStart + k + 1] * v[vStart + k + 1];
    s2 += u[uStart + k + 2] * v[vStart + k + 2];
    s3 += u[uStart + k + 3] * v[vStart + k + 3];
  }
  for (; k < length; k++) s0 += u[uStart + k] * v[vStart + k];
  return s0 + s1 + (s2 + s3);
}

/** out += Wᵀ v; W: rows × out.length, v: `rows` values from `start`. */
export function addTransposed(out: Float64Array, W: Floats, v: Float64Array, start: number, rows: number): void {
  const columns = out.length;
  for (let r = 0; r < rows; r++) {
    const factor = v[start + r];
    if (factor === 0) continue;
    const offset = r * columns;
    for (let c = 0; c < columns; c++) out[c] += W[offset + c] * factor;
  }
}

/** out += u vᵀ; out: rows × columns. */
export function addOuter(
  out: Float64Array,
  u: Float64Array,
  uStart: number,
  rows: number,
  v: Float64Array,
  vStart: number,
  columns: number,
): void {
  for (let r = 0; r < rows; r++) {
    const factor = u[uStart + r];
    if (factor === 0) continue;
    const offset = r * columns;
    for (let c = 0; c < columns; c++) out[offset + c] += factor * v[vStart + c];
  }
}
