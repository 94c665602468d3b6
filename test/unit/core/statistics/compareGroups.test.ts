import { describe, expect, it } from 'vitest';
import { compareGroups, usualStatistics } from '../../../../src/core/statistics/compareGroups.ts';
import type { SeedGroup } from '../../../../src/core/statistics/compareGroups.ts';

const group = (id: string, seeds: Record<number, number>): SeedGroup => ({
  id,
  label: id.toUpperCase(),
  seeds: Object.entries(seeds).map(([seed, value]) => ({ seed: Number(seed), value })),
});
const compared = (...groups: SeedGroup[]) => compareGroups(groups, { ...usualStatistics, draws: 500 });

describe('groups of seeds compared', () => {
  const a = group('a', { 1: 0.3, 2: 0.32, 3: 0.31 });
  const b = group('b', { 1: 0.41, 2: 0.4, 3: 0.42 });

  it('has n, mean and SD of every group', () => {
    const { groups } = compared(a, b);
    expect(groups[0]).toMatchObject({ id: 'a', label: 'A', n: 3 });
    expect(groups[0].mean).toBeCloseTo(0.31, 12);
    expect(groups[0].sd).toBeCloseTo(0.01, 12);
  });

  it('pairs the seeds that both groups have, whatever their order', () => {
    const shuffled = { ...b, seeds: b.seeds.toReversed() };
    for (const other of [b, shuffled]) {
      const [pair] = compared(a, other).pairs;
      expect(pair).toMatchObject({ a: 'a', b: 'b', paired: true, n: [3], unmatched: 0 });
      expect(pair.difference).toBeCloseTo(-0.1, 12);
      expect(pair.effect!.kind).toBe('d_z');
      expect(pair.permutation).toMatchObject({ p: 0.25, smallest: 0.25 });
    }
  });

  it('pairs what most seeds share and counts the rest; else all seeds count, unpaired', () => {
    const most = group('m', { 1: 0.4, 2: 0.44, 9: 0.43 });
    expect(compared(a, most).pairs[0]).toMatchObject({ paired: true, n: [2], unmatched: 2 });
    const others = group('o', { 1: 0.4, 11: 0.41, 12: 0.43 });
    const [pair] = compared(a, others).pairs;
    expect(pair).toMatchObject({ paired: false, n: [3, 3], unmatched: 0 });
    expect(pair.effect!.kind).toBe('g');
  });

  it('compares every group with every later one, and corrects over all of them', () => {
    const { pairs } = compared(a, b, group('c', { 1: 0.5, 2: 0.52, 3: 0.5 }));
    expect(pairs.map((p) => `${p.a}${p.b}`)).toEqual(['ab', 'ac', 'bc']);
    expect(pairs.map((p) => p.correctedP.permutation)).toEqual([0.75, 0.75, 0.75]);
    for (const p of pairs) expect(p.correctedP.tTest).toBeGreaterThanOrEqual(p.tTest!.p);
  });

  it('estimates the seeds needed from the effect and the ends of its interval, or for a gap that is given', () => {
    const { seeds, range } = compared(a, b).pairs[0].seedsNeeded!;
    expect(range![0]!).toBeLessThanOrEqual(seeds!);
    expect(range![1] ?? Infinity).toBeGreaterThanOrEqual(seeds!);
    const gap = compareGroups([a, b], { ...usualStatistics, draws: 100, gap: 0.001 }).pairs[0].seedsNeeded!;
    expect(gap.seeds!).toBeGreaterThan(seeds!);
    expect(gap.range).toBeNull();
  });

  it('has no upper number of seeds where the interval of the effect holds 0', () => {
    const [pair] = compared(group('x', { 1: 0.3, 2: 0.5 }), group('y', { 1: 0.31, 2: 0.45 })).pairs;
    expect(pair.seedsNeeded!.range![1]).toBeNull();
  });

  it('gives what can be given of single seeds and of none, and nulls for the rest', () => {
    const one = group('one', { 1: 0.3 });
    const { groups, pairs } = compared(one, group('two', { 1: 0.4 }), group('none', {}));
    expect(groups[0]).toMatchObject({ n: 1, mean: 0.3, sd: null, intervals: { t: null } });
    expect(groups[2]).toMatchObject({ n: 0, mean: null, sd: null });
    expect(pairs[0]).toMatchObject({ paired: false, permutation: null, tTest: null, effect: null, seedsNeeded: null });
    expect(pairs[0].difference).toBeCloseTo(-0.1, 12);
    expect(pairs[1].difference).toBeNull();
    const [against] = compared(a, group('none', {})).pairs;
    expect(against).toMatchObject({
      difference: null,
      effect: null,
      seedsNeeded: null,
      tTest: null,
      permutation: null,
    });
    expect(pairs[0].correctedP).toEqual({ permutation: null, tTest: null });
  });

  it('does not depend on which other groups are there, but for the correction', () => {
    const { correctedP: _, ...alone } = compared(a, b).pairs[0];
    const { correctedP: __, ...among } = compared(a, b, group('c', { 4: 1, 5: 2 })).pairs[0];
    expect(among).toEqual(alone);
  });
});
