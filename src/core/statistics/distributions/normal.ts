/**
 * Standard normal distribution: Φ(z).
 *
 * Near 0 by the series φ(z) (z + z³/3 + z⁵/15 + …) + ½, in the tails by the continued fraction of Mills's ratio.
 * Source: Marsaglia 2004, J. Stat. Softw. 11:4; Abramowitz & Stegun 26.2.14.
 */
export function normalCdf(z: number): number {
  if (z < -3) return density(z) * millsRatio(-z);
  if (z > 3) return 1 - density(z) * millsRatio(z);
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + density(z) * sum;
}

/** The z with Φ(z) = p, for 0 < p < 1; ±Infinity at 1 and 0. By Newton's method, which converges from 0 when damped. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return -Infinity;
  let z = p < 0.1 ? -Math.sqrt(-2 * Math.log(p)) : 0; // left of the answer in the tail, right of it in the middle
  for (let i = 0; i < 100; i++) {
    const step = (normalCdf(z) - p) / density(z);
    z -= Math.max(-0.5, Math.min(0.5, step));
    if (Math.abs(step) < 1e-14 * (1 + Math.abs(z))) break;
  }
  return z;
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** (1 − Φ(z)) / φ(z) for z ≥ 3: 1/(z + 1/(z + 2/(z + 3/(z + …)))), from its far end. */
function millsRatio(z: number): number {
  let value = z;
  for (let k = 150; k >= 1; k--) value = z + k / value;
  return 1 / value;
}
