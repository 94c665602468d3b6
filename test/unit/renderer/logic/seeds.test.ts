import { describe, expect, it } from 'vitest';
import { readSeeds, writeSeeds } from '../../../../src/renderer/logic/seeds.ts';

describe('seeds as text', () => {
  it.each([
    ['7', [7]],
    ['1-5, 8', [1, 2, 3, 4, 5, 8]],
    ['3 1–2;3', [3, 1, 2]],
    [' 0,0 ', [0]],
  ])('reads "%s"', (text, seeds) => {
    expect(readSeeds(text)).toEqual({ ok: true, seeds });
  });

  it.each([
    ['', /at least one/],
    ['1.5', /“1.5” is not a seed/],
    ['-3', /“-3” is not a seed/],
    ['5-2', /write 2-5/],
    ['4294967293', /up to 4294967292/],
    ['1-1001', /At most 1000/],
  ])('says what is wrong with "%s"', (text, why) => {
    expect(readSeeds(text)).toEqual({ ok: false, why: expect.stringMatching(why) as string });
  });

  it('refuses an endless range at once', () => {
    expect(readSeeds('0-4294967292')).toMatchObject({ ok: false });
  });

  it.each([[[1, 2, 3, 8]], [[5]], [[3, 1, 2]], [[2, 4, 6]]])('writes %j so that it reads back', (seeds) => {
    expect(readSeeds(writeSeeds(seeds))).toEqual({ ok: true, seeds });
  });

  it('writes neighbours as a range', () => {
    expect(writeSeeds([1, 2, 3, 8])).toBe('1-3, 8');
  });
});
