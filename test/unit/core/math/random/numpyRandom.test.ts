import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../../../../src/core/math/random/numpyRandom.ts';

describe('NumpyRandom', () => {
  it('draws what numpy.random.seed(42); numpy.random.randint(0, 100, 10) gives', () => {
    expect(NumpyRandom.seeded(42).randints(0, 100, 10)).toEqual([51, 92, 14, 71, 60, 20, 82, 86, 74, 74]);
  });

  it('stays within its range and reaches both ends', () => {
    const draws = NumpyRandom.seeded(1).randints(-3, 4, 1000);
    expect(Math.min(...draws)).toBe(-3);
    expect(Math.max(...draws)).toBe(3);
  });

  it('draws nothing where there is one value to choose', () => {
    const random = NumpyRandom.seeded(1);
    expect(random.randint(5, 6)).toBe(5);
    expect(random.state()).toEqual(NumpyRandom.seeded(1).state());
  });

  it('covers the whole range of 32 bits', () => {
    expect(NumpyRandom.seeded(5489).randint(0, 2 ** 32)).toBe(3499211612);
  });

  it('goes on from a saved state', () => {
    const random = NumpyRandom.seeded(3);
    random.randints(0, 50, 700);
    const copy = NumpyRandom.from(random.state());
    expect(copy.randints(0, 50, 700)).toEqual(random.randints(0, 50, 700));
  });
});
