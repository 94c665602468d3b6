import { expect, it } from 'vitest';
import { streamSeeds } from '../../../../../src/core/math/random/seeds.ts';

it('gives every purpose the stream of the published runs', () => {
  expect(streamSeeds(1)).toMatchObject({ weights: 3, trials: 4, noise: 4, testSet: 1 });
});

it('gives what the published runs lack streams far from all others, whatever the seed', () => {
  for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 4]) {
    const { feedback, connections, rule, ...published } = streamSeeds(seed);
    const ours = [feedback, connections, rule];
    for (const one of ours) {
      expect(one).toBeGreaterThanOrEqual(0);
      expect(one).toBeLessThan(2 ** 32);
      const others = [...ours.filter((other) => other !== one), ...Object.values(published)];
      for (const other of others) expect(Math.abs(one - other)).toBeGreaterThan(2 ** 29);
    }
  }
});
