/**
 * Tests that assume no distribution: where nothing differs, signs or labels could as well have fallen another way. p is the
 * share of all ways whose |statistic| is at least the observed one. Where there are too many ways, seeded draws stand for
 * them: p = (1 + hits) / (1 + draws), so that it is never 0.
 * Source: Fisher 1935, The Design of Experiments; Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39.
 */
import { NumpyRandom } from '../math/random/numpyRandom.ts';
import { meanOf } from './summary.ts';

export type PermutationTest = {
  readonly p: number;
  /** true: all ways were counted */
  readonly exact: boolean;
  /** ways counted, or drawn */
  readonly ways: number;
  /** the least p that so many values can give, however far apart they are */
  readonly smallest: number;
};

export type PermutationSettings = { readonly draws: number; readonly seed: number };

/** As many ways are counted one by one. */
const mostWays = 2 ** 20;
/** Sums in another order differ by rounding, which must not decide a tie. */
const slack = 1e-12;

/**
 * Paired: the sign of every difference may flip. Statistic: |Σ d|.
 * differences: one per pair, at least one
 */
export function signFlipTest(differences: readonly number[], settings: PermutationSettings): PermutationTest {
  const n = differences.length;
  const observed = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  const bound = observed - slack * differences.reduce((sum, d) => sum + Math.abs(d), 0);
  if (2 ** n > mostWays) {
    const random = NumpyRandom.seeded(settings.seed);
    return drawn(settings.draws, () => {
      let sum = 0;
      for (const d of differences) sum += random.randint(0, 2) === 0 ? d : -d;
      return Math.abs(sum) >= bound;
    });
  }
  // a way and its mirror image count alike, so the first sign is kept
  const hits = (at: number, sum: number): number =>
    at === n
      ? Number(Math.abs(sum) >= bound)
      : hits(at + 1, sum + differences[at]) + hits(at + 1, sum - differences[at]);
  const ways = 2 ** n;
  return { p: (2 * hits(1, differences[0])) / ways, exact: true, ways, smallest: smallestSignFlipP(n) };
}

/** 2 of 2ⁿ ways are as extreme as can be: all signs one way, or all the other. */
export function smallestSignFlipP(n: number): number {
  return Math.min(1, 2 / 2 ** n);
}

/** Unpaired: any of all values may carry either label. Statistic: the difference of the two means. At least one value each. */
export function relabelTest(
  a: readonly number[],
  b: readonly number[],
  settings: PermutationSettings,
): PermutationTest {
  const all = [...a, ...b];
  const total = all.reduce((sum, v) => sum + v, 0);
  const center = total / all.length; // means differ by the same factor of (sum of a − its share of the total)
  const bound = Math.abs(a.length * (meanOf(a) - center)) - slack * all.reduce((sum, v) => sum + Math.abs(v), 0);
  const isHit = (sumOfA: number): boolean => Math.abs(sumOfA - a.length * center) >= bound;
  const ways = binomial(all.length, a.length);
  if (ways > mostWays) {
    const random = NumpyRandom.seeded(settings.seed);
    return drawn(settings.draws, () => isHit(sumOfDrawn(all, a.length, random)));
  }
  const hits = (at: number, left: number, sum: number): number => {
    if (left === 0) return Number(isHit(sum));
    if (all.length - at < left) return 0;
    return hits(at + 1, left - 1, sum + all[at]) + hits(at + 1, left, sum);
  };
  const smallest = Math.min(1, (a.length === b.length ? 2 : 1) / ways);
  return { p: hits(0, a.length, 0) / ways, exact: true, ways, smallest };
}

function drawn(draws: number, isHit: () => boolean): PermutationTest {
  let hits = 0;
  for (let i = 0; i < draws; i++) if (isHit()) hits++;
  return { p: (1 + hits) / (1 + draws), exact: false, ways: draws, smallest: 1 / (1 + draws) };
}

/** Sum of `count` of the values, drawn without replacement; their order changes. */
function sumOfDrawn(values: number[], count: number, random: NumpyRandom): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const k = random.randint(i, values.length);
    [values[i], values[k]] = [values[k], values[i]];
    sum += values[i];
  }
  return sum;
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) ways = (ways * (n - Math.min(k, n - k) + i)) / i;
  return Math.round(ways);
}
