import { describe, expect, it } from 'vitest';
import { NumpyGenerator } from '../../../../../src/core/math/random/numpyGenerator.ts';
import { seedWords } from '../../../../../src/core/math/random/seedWords.ts';

// Expected values: NumPy 2.4.6, numpy.random.default_rng(seed).permutation(n), called again and again.
describe('NumpyGenerator', () => {
  it.each([
    [0, [4, 6, 2, 7, 3, 5, 9, 0, 8, 1], [3, 2, 0, 6, 4, 5, 1], [11, 9, 5, 2, 10, 8, 7, 1, 6, 3, 4, 0]],
    [1, [8, 4, 7, 0, 1, 2, 5, 9, 6, 3], [1, 5, 6, 0, 2, 3, 4], [2, 5, 4, 7, 10, 3, 6, 1, 8, 11, 0, 9]],
    [12345, [4, 8, 1, 3, 7, 9, 6, 0, 2, 5], [0, 2, 6, 3, 1, 5, 4], [4, 11, 10, 3, 9, 2, 7, 5, 6, 0, 1, 8]],
    [4294967295, [0, 1, 4, 8, 3, 7, 5, 6, 2, 9], [5, 1, 3, 6, 4, 2, 0], [1, 6, 4, 7, 9, 11, 8, 10, 5, 3, 0, 2]],
  ])('repeats the permutations of NumPy (seed %i)', (seed, ten, seven, twelve) => {
    const random = NumpyGenerator.seeded(seed);
    expect(random.permutation(10)).toEqual(ten);
    expect(random.permutation(7)).toEqual(seven);
    random.permutation(1000);
    expect(random.permutation(12)).toEqual(twelve);
  });

  it('has no choice about one thing, or none', () => {
    expect(NumpyGenerator.seeded(3).permutation(1)).toEqual([0]);
    expect(NumpyGenerator.seeded(3).permutation(0)).toEqual([]);
  });

  it('puts every number at every place equally often', () => {
    const random = NumpyGenerator.seeded(5);
    const at = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    for (let draw = 0; draw < 5000; draw++) random.permutation(5).forEach((value, place) => at[place][value]++);
    for (const counts of at)
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(800));
  });
});

describe('seedWords', () => {
  it.each([
    [0, 2968811710, 3677149159, 745650761, 2884920346, 2642120001, 549907821],
    [1, 1835504127, 1731038949, 1320224556, 2330041505, 321059914, 1226144109],
    [4294967295, 1992424968, 705021410, 3255730584, 540206095, 2021606294, 3981099117],
  ])('repeats the state of NumPy (seed %i)', (seed, ...words) => {
    expect(seedWords(seed, 6)).toEqual(words);
  });
});
