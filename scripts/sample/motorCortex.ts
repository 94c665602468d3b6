/**
 * Rates of simulated motor cortex neurons during the reaches.
 *
 *   rate = max(0, baseline + common·g(t′) + planning·p(t′)·cos(θ − θ_plan) + moving·m(t′)·cos(θ − θ_move)
 *                 + turning·m′(t′)·sin(θ − θ_move) + noise),   t′ = t − the neuron's latency
 *
 *   g   the same for every direction: a bump about movement onset with a dip after it
 *   p   planning: rises after the cue, goes with movement onset
 *   m   movement: a bump that leads the hand; m′ its slope, scaled: activity rotates between two patterns
 *   noise   white, smoothed by a Gaussian
 *
 * Every neuron has its own baseline, latency, preferred directions and shares. So activity has few dimensions, is
 * tuned to direction, and much of it is common to all directions, as reported for motor cortex.
 * Sources: Georgopoulos et al. 1982, J. Neurosci. 2:1527 (cosine tuning); Churchland et al. 2012, Nature 487:51
 * (rotations); Kaufman et al. 2016, eNeuro 3:0085-16 (the common part).
 */
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { directions, timeMs } from './reach.ts';

export const neurons = 60;
const highestHz = 80;
const stepMs = 10;
const noise = { sizeHz: 1.2, smoothMs: 25 };

type Neuron = {
  baseline: number;
  latencyMs: number;
  common: number;
  planning: number;
  moving: number;
  turning: number;
  planDirection: number;
  moveDirection: number;
};

/** neurons × steps × directions, in spikes per second */
export function simulateRates(seed: number): number[] {
  const random = TorchRandom.seeded(seed);
  const population = Array.from({ length: neurons }, () => drawNeuron(random));
  return population.flatMap((neuron) => {
    const noises = directions.map(() => smoothNoise(random));
    return timeMs.flatMap((t, step) =>
      directions.map((direction, c) =>
        Math.min(highestHz, Math.max(0, rateOf(neuron, t, direction) + noises[c][step])),
      ),
    );
  });
}

function drawNeuron(random: TorchRandom): Neuron {
  const [turn, difference, baseline, planning, moving] = random.uniform(5);
  const [latency, common, turning] = random.randn(3);
  const moveDirection = 2 * Math.PI * turn;
  return {
    baseline: 4 + 16 * baseline,
    latencyMs: 30 * latency,
    common: 12 * (1 + 0.7 * common),
    planning: 3 + 11 * planning ** 2,
    moving: 5 + 18 * moving ** 2,
    turning: 7 * turning,
    planDirection: moveDirection + Math.PI * (difference - 0.5),
    moveDirection,
  };
}

function rateOf(n: Neuron, t: number, direction: number): number {
  const s = t - n.latencyMs;
  const course = (s - movement.at) / movement.width;
  return (
    n.baseline +
    n.common * (bump(s, 0, 130) - 0.4 * bump(s, 270, 110)) +
    n.planning * rise(s, -520, 50) * (1 - rise(s, -60, 45)) * Math.cos(direction - n.planDirection) +
    n.moving * bump(s, movement.at, movement.width) * Math.cos(direction - n.moveDirection) +
    n.turning * course * bump(s, movement.at, movement.width) * Math.sin(direction - n.moveDirection)
  );
}

const movement = { at: 60, width: 120 };

const bump = (t: number, at: number, width: number): number => Math.exp(-(((t - at) / width) ** 2) / 2);
const rise = (t: number, at: number, width: number): number => 1 / (1 + Math.exp(-(t - at) / width));

/** One value per step, of standard deviation `noise.sizeHz`. */
function smoothNoise(random: TorchRandom): number[] {
  const reach = Math.ceil((4 * noise.smoothMs) / stepMs);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) => bump((k - reach) * stepMs, 0, noise.smoothMs));
  const norm = Math.hypot(...kernel);
  const white = random.randn(timeMs.length + 2 * reach);
  return timeMs.map(
    (_, t) => (noise.sizeHz / norm) * kernel.reduce((sum, weight, k) => sum + weight * white[t + k], 0),
  );
}
