/** Scales every neuron's rates; what becomes of its average becomes of its single trials. */
import type { Normalisation } from './rateOptions.ts';

/** y = (x − offset) / divisor */
export type Scaling = { offset: number; divisor: number };

/** Of one neuron. rates: its average, steps × conditions. */
export function scalingOf(rates: Float64Array, normalisation: Normalisation): Scaling {
  if (normalisation.kind === 'none') return { offset: 0, divisor: 1 };
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (const x of rates) {
    least = Math.min(least, x);
    most = Math.max(most, x);
    sum += x;
  }
  if (normalisation.kind === 'soft') return { offset: 0, divisor: most - least + normalisation.constantHz };
  const mean = sum / rates.length;
  const variance = rates.reduce((total, x) => total + (x - mean) ** 2, 0) / rates.length;
  return { offset: mean, divisor: Math.sqrt(variance) || 1 }; // one that never changes stays at 0
}

export function applyScaling(rates: Float64Array, { offset, divisor }: Scaling): void {
  for (let k = 0; k < rates.length; k++) rates[k] = (rates[k] - offset) / divisor;
}
