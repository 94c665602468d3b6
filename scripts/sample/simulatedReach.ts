/** The bundled sample: simulated reaches under the keys of the published Hatsopoulos recording. */
import { neurons, simulateRates } from './motorCortex.ts';
import { encodeNpz } from './npz.ts';
import type { FloatArray } from './npz.ts';
import { directions, durationsMs, simulateReaches, timeMs } from './reach.ts';

const seed = 2007;

/** Fewer digits than a sine has: another machine's last digit changes nothing, and the file packs better. */
const resolution = { rates: 64, kinematics: 2 ** 14 };

export function simulatedReach(): Uint8Array {
  const byCondition = [directions.length, timeMs.length];
  const kinematics = Object.entries(simulateReaches()).map(
    ([name, values]) => [name, rounded(byCondition, values, resolution.kinematics)] as const,
  );
  const durations = rounded([directions.length], durationsMs, 1);
  return encodeNpz({
    firing_rate: rounded([neurons, timeMs.length, directions.length], simulateRates(seed), resolution.rates),
    ...Object.fromEntries(kinematics),
    time_startmovement_to_endmovement_mean: durations,
    time_startmovement_to_endmovement_median: durations,
    simulated: rounded([], [1], 1),
  });
}

function rounded(shape: readonly number[], values: readonly number[], perUnit: number): FloatArray {
  return { shape, data: Float32Array.from(values, (v) => Math.round(v * perUnit) / perUnit) };
}
