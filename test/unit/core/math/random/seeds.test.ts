import { expect, it } from 'vitest';
import { streamSeeds } from '../../../../../src/core/math/random/seeds.ts';

it('gives every purpose the stream of the published runs', () => {
  expect(streamSeeds(1)).toMatchObject({ weights: 3, trials: 4, noise: 4, testSet: 1 });
});

it('gives feedback weights a stream far from all others, whatever the seed', () => {
  for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 4]) {
    const { feedback, ...others } = streamSeeds(seed);
    expect(feedback).toBeGreaterThanOrEqual(0);
    expect(feedback).toBeLessThan(2 ** 32);
    for (const other of Object.values(others)) expect(Math.abs(feedback - other)).toBeGreaterThan(2 ** 30);
  }
});
