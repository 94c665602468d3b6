import { LabError } from '../errors.ts';
import type { ModelSettings, NetworkShape } from './parameters.ts';

/** Multiples of it, modulo 1, lie evenly in every stretch of the sequence (golden ratio). */
const evenStep = (Math.sqrt(5) - 1) / 2;

/**
 * α = dt / τ of all units, or of each where the time constants are spread over a range:
 *
 *   τᵢ = shortest + (longest − shortest) · frac((i + ½) · 0.618…)
 *
 * The same for every seed; excitatory and inhibitory units, which lie side by side, get the same spread. Throws LabError
 * `model.tau` where a time constant is shorter than a step, for such a network oscillates by its discretisation alone.
 */
export function alphasOf(
  { units, tauMs }: Pick<ModelSettings, 'units' | 'tauMs'>,
  dtMs: number,
): NetworkShape['alpha'] {
  const [shortest, longest] = typeof tauMs === 'number' ? [tauMs, tauMs] : tauMs;
  if (!(shortest >= dtMs && longest >= shortest)) {
    throw new LabError(
      'model.tau',
      `Setting up the network: expected time constants of at least one time step (${dtMs} ms), found ${shortest} ms. Choose longer ones.`,
    );
  }
  if (shortest === longest) return dtMs / shortest;
  return Array.from(
    { length: units },
    (_, i) => dtMs / (shortest + (longest - shortest) * (((i + 0.5) * evenStep) % 1)),
  );
}
