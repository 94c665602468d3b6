import { expect, it } from 'vitest';
import { streamSeeds } from '../../../../../src/core/math/random/seeds.ts';

it('gives every purpose the stream of the published runs', () => {
  expect(streamSeeds(1)).toEqual({ weights: 3, trials: 4, noise: 4, testSet: 1 });
});
