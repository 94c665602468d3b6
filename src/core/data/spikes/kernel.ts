/**
 * What a spike adds to the steps around it, as the kernel's cumulative distribution: a step of length w around t gets
 * (K(t + w/2 − s) − K(t − w/2 − s)) / w of a spike at s. So the smoothed rate is averaged over the step, and where the
 * window ends makes no difference.
 */
import type { Smoothing } from './rateOptions.ts';

export type Kernel = {
  /** 0: a spike acts on its own step only */
  sdMs: number;
  /** ms: nothing of a spike comes before −before or after +after of it */
  before: number;
  after: number;
  /** share of a spike that has come by so many ms after it: 0 to 1 */
  cumulative(ms: number): number;
};

/** Standard deviations at which the Gaussian ends: 2e-9 of it lies beyond. */
const reach = 6;
/** Values of the table per standard deviation. */
const density = 256;

export function kernelOf(smoothing: Smoothing): Kernel {
  if (smoothing.kind === 'none') return { sdMs: 0, before: 0, after: 0, cumulative: (ms) => (ms > 0 ? 1 : 0) };
  const { sdMs } = smoothing;
  const end = reach * sdMs;
  const gaussian = (ms: number): number => (ms <= -end ? 0 : ms >= end ? 1 : normal(ms / sdMs));
  if (smoothing.kind === 'gaussian') return { sdMs, before: end, after: end, cumulative: gaussian };
  return { sdMs, before: 0, after: end, cumulative: (ms) => (ms <= 0 ? 0 : 2 * gaussian(ms) - 1) };
}

/** Φ at multiples of 1/density from −reach to reach, by Simpson's rule; between them by cubics, to 1e-12. */
const table = ((): Float64Array => {
  const sums = new Float64Array(2 * reach * density + 1);
  for (let k = 1; k < sums.length; k++) {
    const [a, b] = [place(k - 1), place(k)];
    sums[k] = sums[k - 1] + (phi(a) + 4 * phi((a + b) / 2) + phi(b)) / (6 * density);
  }
  const whole = sums[sums.length - 1];
  return sums.map((sum) => sum / whole);
})();

function place(k: number): number {
  return k / density - reach;
}

function phi(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** Slopes at the table's places, per step of the table. */
const slopes = table.map((_, k) => phi(place(k)) / density);

/** |z| below `reach`. */
function normal(z: number): number {
  const at = (z + reach) * density;
  const k = Math.min(Math.floor(at), table.length - 2);
  const u = at - k;
  const [a, b, da, db] = [table[k], table[k + 1], slopes[k], slopes[k + 1]];
  return a + u * (da + u * (3 * (b - a) - 2 * da - db + u * (2 * (a - b) + da + db)));
}
