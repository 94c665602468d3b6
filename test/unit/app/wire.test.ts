import { stringify } from 'devalue';
import { describe, expect, it } from 'vitest';
import { read, write } from '../../../src/app/wire.ts';

const many = <T>(make: (i: number) => T): T[] => Array.from({ length: 100 }, (_, i) => make(i));

describe('what crosses a host border', () => {
  it.each([
    ['long lists of numbers', many((i) => [NaN, -0, Infinity, 0.1][i % 4])],
    ['where the points of a run come from', many((update) => ({ run: 'a', seed: 3, update }))],
    ['points of several runs', many((i) => ({ run: `run ${i % 2}`, seed: 3, update: i }))],
    ['origins that have more to say', many((update) => ({ run: 'a', seed: 3, update, more: update }))],
    ['numbers with gaps', many((i) => (i === 7 ? null : i))],
    ['short lists', [1, 2, 3]],
    ['typed arrays', Float64Array.from(many((i) => i))],
  ])('arrives as it was: %s', (_, value) => {
    expect(read(write({ value }))).toStrictEqual({ value });
  });

  it('is short where it is long', () => {
    const origins = many((update) => ({ run: 'a', seed: 3, update }));
    expect(write(origins).length).toBeLessThan(0.5 * stringify(origins).length);
  });

  it.each(['Numbers', 'Origins'])('is refused where %s are a length that was made up', (kind) => {
    const made = { length: 1e9, update: { length: 1e9 } };
    const sent = stringify('here', { [kind]: (value) => value === 'here' && made });
    expect(() => read(sent)).toThrow('expected numbers as bytes');
  });
});
