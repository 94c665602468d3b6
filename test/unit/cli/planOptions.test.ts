import { describe, expect, it } from 'vitest';
import { seedList } from '../../../src/cli/planOptions.ts';

describe('a list of seeds', () => {
  it.each([
    ['3', [3]],
    ['1-3', [1, 2, 3]],
    ['1-3, 8,10-11', [1, 2, 3, 8, 10, 11]],
    ['0', [0]],
  ])('%s', (text, seeds) => expect(seedList(text)).toEqual(seeds));

  it.each(['', '1,', '3-1', 'one', '-4', '1.5', '0-99999999'])('"%s" is refused', (text) => {
    expect(() => seedList(text)).toThrow(expect.objectContaining({ code: 'plan.seeds' }));
  });
});
