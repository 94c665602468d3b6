/**
 * Logarithm, sine and cosine in single precision, wrong in the last places exactly as PyTorch's are: its generator uses
 * the polynomials of the Cephes library. With any other, normal draws would differ from the published ones by rounding.
 *
 * Source: Moshier, Cephes Math Library 2.2 (logf, sinf, cosf), multiplications and additions rounded one by one.
 */
const f32 = Math.fround;

const logPolynomial = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(f32);
const sinePolynomial = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(f32);
const cosinePolynomial = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(f32);

/** ln 2 in two parts, the first of few bits, so that its multiples are exact */
const [ln2High, ln2Low] = [0.693359375, f32(-2.1219444e-4)];
/** π/4 in three parts, for the same reason */
const [quarterPi1, quarterPi2, quarterPi3] = [0.78515625, 2.4187564849853515625e-4, f32(3.774894977445941e-8)];
const fourOverPi = f32(4 / Math.PI);
const sqrtHalf = f32(Math.SQRT1_2);

/** ln u for u = k · 2⁻²⁴, k a whole number from 1 to 2²⁴. */
export function logFloat32(u: number): number {
  const bits = 32 - Math.clz32(u * 2 ** 24);
  const mantissa = u * 2 ** (24 - bits); // in [0.5, 1)
  const small = mantissa < sqrtHalf;
  const exponent = bits - 24 - (small ? 1 : 0);
  const x = f32((small ? 2 * mantissa : mantissa) - 1);
  const x2 = f32(x * x);
  let y = f32(f32(polynomial(logPolynomial, x) * x) * x2);
  y = f32(y + f32(exponent * ln2Low));
  y = f32(y - 0.5 * x2);
  return f32(f32(x + y) + f32(exponent * ln2High));
}

/** [sin a, cos a] for an angle from 0 to 2π. */
export function sineAndCosineFloat32(angle: number): readonly [sine: number, cosine: number] {
  const octant = (Math.trunc(f32(angle * fourOverPi)) + 1) & ~1; // 0, 2, 4, 6 or 8: the nearest multiple of π/2
  let x = f32(angle - f32(octant * quarterPi1));
  x = f32(x - f32(octant * quarterPi2));
  x = f32(x - f32(octant * quarterPi3));
  const x2 = f32(x * x);
  const nearCosine = f32(f32(f32(f32(polynomial(cosinePolynomial, x2) * x2) * x2) - 0.5 * x2) + 1);
  const nearSine = f32(f32(f32(polynomial(sinePolynomial, x2) * x2) * x) + x);
  const swapped = (octant & 2) !== 0;
  const sine = swapped ? nearCosine : nearSine;
  const cosine = swapped ? nearSine : nearCosine;
  return [octant & 4 ? -sine : sine, (octant + 2) & 4 ? -cosine : cosine];
}

/** Horner's scheme, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0];
  for (let i = 1; i < coefficients.length; i++) sum = f32(f32(sum * x) + coefficients[i]);
  return sum;
}
