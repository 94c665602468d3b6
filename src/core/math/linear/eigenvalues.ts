/**
 * Eigenvalues of a real square matrix without symmetry: Hessenberg form, then Francis' implicit double-shift QR.
 *
 * A sweep is a QR step with two shifts at once, the eigenvalues s₁, s₂ of the last 2 × 2 block, so that all stays real:
 * a reflection that sends the first column of (H − s₁)(H − s₂) to a multiple of e₁ makes a bulge below the subdiagonal,
 * which reflections of three rows and columns chase down to the end. The last subdiagonal entries vanish, and what has
 * split off has one eigenvalue or a pair. Values alone are wanted, so only the block at work is touched.
 *
 * The error is that of a change of the matrix by a few roundings of its norm; eigenvalues that nearly coincide move more.
 * Source: Francis 1961, Comput. J. 4:265; Martin, Peters & Wilkinson 1970, Numer. Math. 14:219.
 */
import { LabError } from '../../errors.ts';
import { balance, reduceToHessenberg } from './hessenberg.ts';
import type { Matrix } from './matrix.ts';
import { reflector } from './reflector.ts';
import { powerOfTwoAbove, requireFiniteEntries } from './singularValues.ts';

/** Real and imaginary parts; n each. */
export type ComplexValues = { readonly re: Float64Array; readonly im: Float64Array };

/** Sweeps for one eigenvalue before it is given up; two or three are usual. */
const maxSweeps = 60;

/**
 * Largest modulus first; a conjugate pair stands together, the positive imaginary part first. Throws LabError
 * `matrix.shape`, `linear.notFinite`.
 */
export function eigenvalues(a: Matrix): ComplexValues {
  const n = a.rows;
  if (n !== a.cols) {
    throw new LabError(
      'matrix.shape',
      `Finding eigenvalues: expected as many rows as columns, found ${a.rows} × ${a.cols}.`,
    );
  }
  requireFiniteEntries(a, 'Finding eigenvalues');
  const scale = powerOfTwoAbove(a.data.reduce((largest, v) => Math.max(largest, Math.abs(v)), 0));
  const h = { ...a, data: a.data.map((v) => v / scale) };
  balance(h);
  reduceToHessenberg(h);
  const found: Complex[] = [];
  for (let last = n - 1; last >= 0;) {
    const first = isolate(h, last);
    found.push(...(first === last ? [[h.data[last * n + last], 0] as const] : pairAt(h, last - 1)));
    last = first - 1;
  }
  found.sort(([a, b], [c, d]) => Math.hypot(c, d) - Math.hypot(a, b) || c - a || d - b);
  return { re: Float64Array.from(found, ([re]) => re * scale), im: Float64Array.from(found, ([, im]) => im * scale) };
}

/** The largest modulus: below 1, linear activity at that slope dies out in discrete time. */
export function spectralRadius({ re, im }: ComplexValues): number {
  return re.reduce((largest, x, i) => Math.max(largest, Math.hypot(x, im[i])), 0);
}

type Complex = readonly [re: number, im: number];

/** Sweeps until the rows up to `last` end in a block of one or two; returns where that begins. */
function isolate(h: Matrix, last: number): number {
  const { cols: n, data } = h;
  for (let sweeps = 0; sweeps <= maxSweeps; sweeps++) {
    let first = last;
    while (first > 0 && !isNegligible(h, first)) first--;
    if (first > 0) data[first * n + first - 1] = 0;
    if (last - first < 2) return first;
    sweep(h, first, last, shiftsAt(h, last, sweeps));
  }
  throw new LabError(
    'linear.convergence',
    `Finding the eigenvalues of a ${n} × ${n} matrix: eigenvalue ${last} did not settle in ${maxSweeps} sweeps. Please report this.`,
  );
}

/** Whether the entry before the diagonal in this row is rounding beside its neighbours on the diagonal. */
function isNegligible({ cols: n, data }: Matrix, row: number): boolean {
  const beside = Math.abs(data[(row - 1) * n + row - 1]) + Math.abs(data[row * n + row]);
  return Math.abs(data[row * n + row - 1]) <= Number.EPSILON * (beside === 0 ? 1 : beside);
}

/** Two shifts by their sum and product; every tenth sweep others, for matrices that go round in circles. */
type Shifts = { readonly sum: number; readonly product: number };

function shiftsAt({ cols: n, data }: Matrix, last: number, sweeps: number): Shifts {
  const at = (i: number, j: number): number => data[i * n + j];
  if (sweeps > 0 && sweeps % 10 === 0) {
    const off = Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2));
    const middle = at(last, last) + 0.75 * off;
    return { sum: 2 * middle, product: middle * middle + 0.4375 * off * off };
  }
  const [a, b, c, d] = [at(last - 1, last - 1), at(last - 1, last), at(last, last - 1), at(last, last)];
  return { sum: a + d, product: a * d - b * c };
}

/** One double QR step on the block [first, last], of three rows at least. */
function sweep({ cols: n, data: h }: Matrix, first: number, last: number, { sum, product }: Shifts): void {
  const p = first * n + first;
  let x = h[p] * (h[p] - sum) + product + h[p + 1] * h[p + n];
  let y = h[p + n] * (h[p] + h[p + n + 1] - sum);
  let z = h[p + n] * h[p + 2 * n + 1];
  for (let k = first; k < last; k++) {
    const three = k + 2 <= last;
    if (!three) z = 0;
    const size = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
    if (size > 0) {
      [x, y, z] = [x / size, y / size, z / size];
      const { beta, first: head, tau } = reflector(x, x * x + y * y + z * z);
      if (k > first) {
        h[k * n + k - 1] = beta * size;
        h[(k + 1) * n + k - 1] = 0;
        if (three) h[(k + 2) * n + k - 1] = 0;
      }
      if (three) reflectThree(h, n, k, first, last, [head, y, z], tau);
      else reflectTwo(h, n, k, first, last, [head, y], tau);
    }
    if (k + 1 === last) break;
    x = h[(k + 1) * n + k];
    y = h[(k + 2) * n + k];
    z = k + 3 <= last ? h[(k + 3) * n + k] : 0;
  }
}

/** I − τ v vᵀ on rows k … k + 2 from the left and on those columns from the right, inside the block. */
function reflectThree(
  h: Float64Array,
  n: number,
  k: number,
  first: number,
  last: number,
  [u, v, w]: readonly [number, number, number],
  tau: number,
): void {
  const [a, b, c] = [k * n, (k + 1) * n, (k + 2) * n];
  for (let j = k; j <= last; j++) {
    const dot = tau * (u * h[a + j] + v * h[b + j] + w * h[c + j]);
    h[a + j] -= dot * u;
    h[b + j] -= dot * v;
    h[c + j] -= dot * w;
  }
  const end = Math.min(k + 3, last);
  for (let i = first; i <= end; i++) {
    const at = i * n + k;
    const dot = tau * (u * h[at] + v * h[at + 1] + w * h[at + 2]);
    h[at] -= dot * u;
    h[at + 1] -= dot * v;
    h[at + 2] -= dot * w;
  }
}

/** The same on rows and columns k and k + 1, at the end of the block. */
function reflectTwo(
  h: Float64Array,
  n: number,
  k: number,
  first: number,
  last: number,
  [u, v]: readonly [number, number],
  tau: number,
): void {
  const [a, b] = [k * n, (k + 1) * n];
  for (let j = k; j <= last; j++) {
    const dot = tau * (u * h[a + j] + v * h[b + j]);
    h[a + j] -= dot * u;
    h[b + j] -= dot * v;
  }
  for (let i = first; i <= last; i++) {
    const at = i * n + k;
    const dot = tau * (u * h[at] + v * h[at + 1]);
    h[at] -= dot * u;
    h[at + 1] -= dot * v;
  }
}

/** Both eigenvalues of the 2 × 2 block whose upper row is `row`: two real ones, or an exact conjugate pair. */
function pairAt({ cols: n, data }: Matrix, row: number): readonly [Complex, Complex] {
  const p = row * n + row;
  const [a, b, c, d] = [data[p], data[p + 1], data[p + n], data[p + n + 1]];
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0) {
    return [
      [d + half, root],
      [d + half, -root],
    ];
  }
  const far = half >= 0 ? half + root : half - root; // away from cancellation
  const near = far === 0 ? 0 : -(b * c) / far;
  return [
    [d + far, 0],
    [d + near, 0],
  ];
}
