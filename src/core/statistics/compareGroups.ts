/** All that is said about groups of seeds, and about every pair of groups. The seed is the unit: n counts seeds. */
import { differenceContrast, estimateOf, meanContrast } from './contrast.ts';
import { corrected } from './correction.ts';
import type { CorrectionId } from './correction.ts';
import { pairedEffect, pooledSd, unpairedEffect } from './effectSize.ts';
import type { EffectSize } from './effectSize.ts';
import { intervalsOf } from './intervals.ts';
import type { IntervalKind, Intervals } from './intervals.ts';
import { relabelTest, signFlipTest } from './permutationTests.ts';
import type { PermutationTest } from './permutationTests.ts';
import { seedsNeeded } from './power.ts';
import { meanOf, sdOf } from './summary.ts';
import { tTest } from './tTest.ts';
import type { TTest } from './tTest.ts';

export type StatisticsSettings = {
  /** of intervals */
  readonly confidence: number;
  /** which of the intervals is shown */
  readonly interval: IntervalKind;
  /** over all pairs */
  readonly correction: CorrectionId;
  /** bootstrap samples; ways of a permutation test that are too many to count */
  readonly draws: number;
  /** of the random stream that draws */
  readonly seed: number;
  /** of the power estimate */
  readonly alpha: number;
  readonly power: number;
  /** the difference that is to be seen; null: the one observed */
  readonly gap: number | null;
};

export const usualStatistics: StatisticsSettings = {
  confidence: 0.95,
  interval: 't', // with few seeds the bootstrap's are too short
  correction: 'holm',
  draws: 10_000,
  seed: 1,
  alpha: 0.05,
  power: 0.8,
  gap: null,
};

/** One value per seed; no seed twice. */
export type SeedGroup = {
  readonly id: string;
  readonly label: string;
  readonly seeds: readonly { readonly seed: number; readonly value: number }[];
};

export type GroupStatistics = {
  readonly id: string;
  readonly label: string;
  readonly n: number;
  readonly mean: number | null;
  /** n − 1 in the denominator; null for fewer than two seeds */
  readonly sd: number | null;
  readonly intervals: Intervals;
};

export type PairStatistics = {
  /** ids of the groups; the difference is a − b */
  readonly a: string;
  readonly b: string;
  /** true: differences within seeds; false: the groups hold different seeds */
  readonly paired: boolean;
  /** pairs, or seeds of either group */
  readonly n: readonly [number] | readonly [number, number];
  /** seeds that are in one group only, and so in no pair */
  readonly unmatched: number;
  readonly difference: number | null;
  readonly intervals: Intervals;
  readonly effect: EffectSize | null;
  /** sign flips of the pairs, or labels dealt anew */
  readonly permutation: PermutationTest | null;
  readonly tTest: TTest | null;
  /** corrected over all pairs */
  readonly correctedP: { readonly permutation: number | null; readonly tTest: number | null };
  readonly seedsNeeded: SeedsNeeded | null;
};

export type SeedsNeeded = {
  /** null: more than can be looked for */
  readonly seeds: number | null;
  /** for an effect at either end of its interval; null: beyond any number. Absent for a given gap. */
  readonly range: readonly [number | null, number | null] | null;
};

export type Statistics = {
  readonly settings: StatisticsSettings;
  readonly groups: readonly GroupStatistics[];
  /** every group with every later one */
  readonly pairs: readonly PairStatistics[];
};

export function compareGroups(groups: readonly SeedGroup[], settings: StatisticsSettings): Statistics {
  const pairs = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => comparePair(a, b, settings)));
  const correct = (p: (pair: (typeof pairs)[number]) => number | null): (number | null)[] =>
    corrected(pairs.map(p), settings.correction);
  const [permutation, t] = [correct((p) => p.permutation?.p ?? null), correct((p) => p.tTest?.p ?? null)];
  return {
    settings,
    groups: groups.map((group) => describeGroup(group, settings)),
    pairs: pairs.map((pair, i) => ({ ...pair, correctedP: { permutation: permutation[i], tTest: t[i] } })),
  };
}

function describeGroup({ id, label, seeds }: SeedGroup, settings: StatisticsSettings): GroupStatistics {
  const values = seeds.map((s) => s.value);
  return {
    id,
    label,
    n: values.length,
    mean: values.length === 0 ? null : meanOf(values),
    sd: values.length < 2 ? null : sdOf(values),
    intervals: intervalsOf(meanContrast(values), settings),
  };
}

/**
 * Seeds make pairs where both groups have them: the same seed means the same initial weights and the same trials. Paired when
 * at least two seeds, and at least half of the larger group's, are shared; else all seeds of both groups count, unpaired.
 */
function comparePair(a: SeedGroup, b: SeedGroup, settings: StatisticsSettings): Omit<PairStatistics, 'correctedP'> {
  const other = new Map(b.seeds.map(({ seed, value }) => [seed, value]));
  const shared = a.seeds.filter(({ seed }) => other.has(seed));
  const paired = shared.length >= 2 && 2 * shared.length >= Math.max(a.seeds.length, b.seeds.length);
  const names = { a: a.id, b: b.id, paired };
  if (paired) {
    const differences = shared.map(({ seed, value }) => value - other.get(seed)!);
    return {
      ...names,
      ...ofDifferences(differences, settings),
      unmatched: a.seeds.length + b.seeds.length - 2 * shared.length,
    };
  }
  return {
    ...names,
    ...ofTwoSamples(
      a.seeds.map((s) => s.value),
      b.seeds.map((s) => s.value),
      settings,
    ),
    unmatched: 0,
  };
}

type Compared = Omit<PairStatistics, 'a' | 'b' | 'paired' | 'unmatched' | 'correctedP'>;

function ofDifferences(differences: readonly number[], settings: StatisticsSettings): Compared {
  const contrast = meanContrast(differences);
  const effect = pairedEffect(differences, settings.confidence);
  return {
    n: [differences.length],
    difference: estimateOf(contrast),
    intervals: intervalsOf(contrast, settings),
    effect,
    permutation: signFlipTest(differences, settings),
    tTest: tTest(contrast),
    seedsNeeded: effect && needed(effect, sdOf(differences), true, settings),
  };
}

function ofTwoSamples(a: readonly number[], b: readonly number[], settings: StatisticsSettings): Compared {
  const contrast = differenceContrast(a, b);
  const some = a.length > 0 && b.length > 0;
  const effect = unpairedEffect(a, b, settings.confidence);
  return {
    n: [a.length, b.length],
    difference: some ? estimateOf(contrast) : null,
    intervals: intervalsOf(contrast, settings),
    effect,
    permutation: a.length > 1 && b.length > 1 ? relabelTest(a, b, settings) : null,
    tTest: tTest(contrast),
    seedsNeeded: effect && needed(effect, pooledSd(a, b), false, settings),
  };
}

/** For the gap given, or for the effect observed and for the ends of its interval. */
function needed(
  effect: EffectSize,
  sd: number,
  paired: boolean,
  { alpha, power, gap }: StatisticsSettings,
): SeedsNeeded {
  const seeds = (d: number): number | null => (d === 0 ? null : seedsNeeded(d, { paired, alpha, power }));
  if (gap !== null) return { seeds: seeds(gap / sd), range: null };
  const ends = [Math.abs(effect.low), Math.abs(effect.high)];
  const weakest = effect.low * effect.high <= 0 ? 0 : Math.min(...ends);
  return { seeds: seeds(effect.value), range: [seeds(Math.max(...ends)), seeds(weakest)] };
}
