/**
 * A matrix made upper bidiagonal by Householder reflections from both sides, and the singular values of that.
 *
 * Step k has a reflector u for column k and a reflector v for row k. Both are applied in one pass over the rows,
 *
 *   w = τ Aᵀ u      z = τ′ (A − u wᵀ) v      A ← A − u wᵀ − z vᵀ
 *
 * and that pass already sums Aᵀ x for x, the next column: its reflector is u = x − β e₁, so the next w needs only the
 * first row besides.
 * Source: Golub & Kahan 1965, SIAM J. Numer. Anal. B 2:205; one pass per step: Howell et al. 2008, ACM Trans. Math.
 * Softw. 34:14; sweeps: Demmel & Kahan 1990, SIAM J. Sci. Stat. Comput. 11:873.
 * Twin: native/cpu/bidiagonalize.cpp and singularValues.cpp.
 */
import type { Matrix } from './matrix.ts';
import { reflector } from './reflector.ts';

export type Bidiagonal = {
  /** n */
  readonly diagonal: Float64Array;
  /** n, entry i beside and above diagonal entry i + 1; the last is 0 */
  readonly superdiagonal: Float64Array;
};

/** A sum of squares below this has lost digits to underflow; what it measures is rounding beside entries near 1. */
const nothing = 1e-280;

/** How many sweeps per value are too many; about two are needed. */
const maxSweepsPerValue = 30;

/** Overwrites a (rows ≥ cols), whose largest entry should be near 1. */
export function bidiagonalize({ rows, cols, data }: Matrix): Bidiagonal {
  const [diagonal, superdiagonal] = [new Float64Array(cols), new Float64Array(cols)];
  const [v, w, next] = [new Float64Array(cols), new Float64Array(cols), new Float64Array(cols)];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) next[j] += data[i * cols] * data[i * cols + j];
  }
  for (let k = 0; k < cols; k++) {
    const row = data.subarray(k * cols, (k + 1) * cols);
    const left = reflectorNearOne(row[k], next[k]);
    diagonal[k] = left.beta;
    if (k + 1 === cols) break;
    let squares = 0;
    for (let j = k + 1; j < cols; j++) {
      w[j] = left.tau * (next[j] - left.beta * row[j]);
      v[j] = row[j] - left.first * w[j];
      squares += v[j] * v[j];
    }
    const right = reflectorNearOne(v[k + 1], squares);
    superdiagonal[k] = right.beta;
    v[k + 1] = right.first;
    let overlap = 0;
    for (let j = k + 1; j < cols; j++) overlap += v[j] * w[j];
    const step: Step = { v, w, tau: right.tau, overlap, next: next.fill(0) };
    row.fill(0); // a partner for the last row of an odd number
    const start = (rows - k) % 2 === 0 ? k : k + 1;
    for (let i = start; i < rows; i += 2) reflectTwoRows(data, i * cols, (i + 1) * cols, k + 1, cols, step);
  }
  return { diagonal, superdiagonal };
}

function reflectorNearOne(head: number, squares: number): { beta: number; first: number; tau: number } {
  return reflector(head, squares < nothing ? 0 : squares);
}

/** The reflections of one step; overlap is wᵀ v, next the sum over rows i of A[i][column] A[i], of the new A. */
type Step = {
  readonly v: Float64Array;
  readonly w: Float64Array;
  readonly tau: number;
  readonly overlap: number;
  readonly next: Float64Array;
};

/** Both reflections on the rows that begin at p and q, columns from `column` on; their u lies in the column before. */
function reflectTwoRows(a: Float64Array, p: number, q: number, column: number, cols: number, step: Step): void {
  const { v, w, next } = step;
  let [dotP, dotQ] = [0, 0];
  for (let j = column; j < cols; j++) {
    dotP += a[p + j] * v[j];
    dotQ += a[q + j] * v[j];
  }
  const [uP, uQ] = [a[p + column - 1], a[q + column - 1]];
  const zP = step.tau * (dotP - uP * step.overlap);
  const zQ = step.tau * (dotQ - uQ * step.overlap);
  const xP = a[p + column] - (uP * w[column] + zP * v[column]);
  const xQ = a[q + column] - (uQ * w[column] + zQ * v[column]);
  for (let j = column; j < cols; j++) {
    const entryP = a[p + j] - (uP * w[j] + zP * v[j]);
    const entryQ = a[q + j] - (uQ * w[j] + zQ * v[j]);
    a[p + j] = entryP;
    a[q + j] = entryQ;
    next[j] += entryP * xP + entryQ * xQ;
  }
}

/**
 * Implicit QR sweeps: overwrites the diagonal with the singular values up to sign and order, the superdiagonal with
 * rounding. False where they did not settle.
 */
export function diagonalize({ diagonal: d, superdiagonal: e }: Bidiagonal): boolean {
  const n = d.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]), Math.abs(e[i]));
  const negligible = Number.EPSILON * largest;
  let sweeps = 0;
  for (let last = n - 1; last > 0;) {
    let first = last;
    let least = Math.abs(d[last]);
    while (first > 0 && Math.abs(e[first - 1]) > negligible) least = Math.min(least, Math.abs(d[--first]));
    if (first === last) {
      last--;
      continue;
    }
    if (++sweeps > maxSweepsPerValue * n) return false;
    sweep(d, e, first, last, least > negligible ? smallerOfTwo(d[last - 1], e[last - 1], d[last]) : 0);
  }
  return true;
}

/** Smaller singular value of the upper triangle (f g; 0 h), f and h not 0. */
function smallerOfTwo(f: number, g: number, h: number): number {
  const [a, b] = [Math.abs(f), Math.abs(h)];
  return (2 * a * b) / (Math.sqrt((a + b) ** 2 + g * g) + Math.sqrt((a - b) ** 2 + g * g));
}

/** One sweep over d[first…last], e[first…last − 1]; without a shift an entry of zero on d splits the block. */
function sweep(d: Float64Array, e: Float64Array, first: number, last: number, shift: number): void {
  let f = shift === 0 ? d[first] : ((d[first] - shift) * (d[first] + shift)) / d[first];
  let g = e[first];
  for (let i = first; i < last; i++) {
    // from the right: (f g) → (r 0)
    let squares = f * f + g * g;
    let r = squares < nothing ? f : Math.sqrt(squares);
    let c = squares < nothing ? 1 : f / r;
    let s = squares < nothing ? 0 : g / r;
    if (i > first) e[i - 1] = r;
    f = c * d[i] + s * e[i];
    e[i] = c * e[i] - s * d[i];
    g = s * d[i + 1];
    d[i + 1] *= c;
    // from the left, likewise
    squares = f * f + g * g;
    r = squares < nothing ? f : Math.sqrt(squares);
    c = squares < nothing ? 1 : f / r;
    s = squares < nothing ? 0 : g / r;
    d[i] = r;
    f = c * e[i] + s * d[i + 1];
    d[i + 1] = c * d[i + 1] - s * e[i];
    if (i + 1 < last) {
      g = s * e[i + 1];
      e[i + 1] *= c;
    }
  }
  e[last - 1] = f;
}
