import { TorchRandom } from './torchRandom.ts';

/** An odd number whose multiples, modulo 2³², lie far apart (2³² over the golden ratio). */
const stride = 0x9e3779b9;

/**
 * The stream of what a rule draws for one update, from 1: it depends on the seed of the rule (see `streamSeeds`) and the
 * update alone, so that a resumed run draws the same. Update 0 stands for what is drawn once and for all.
 */
export function ruleDraws(ruleSeed: number, update: number): TorchRandom {
  return TorchRandom.seeded((ruleSeed + Math.imul(stride, update)) >>> 0);
}

/** As many values, each −1 or 1. */
export function signs(random: TorchRandom, count: number): Float64Array {
  return Float64Array.from(random.uniform(count), (u) => (u < 0.5 ? -1 : 1));
}
