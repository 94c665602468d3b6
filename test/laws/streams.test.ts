/** Every purpose has its random stream. */
import { expect, it } from 'vitest';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../src/core/math/random/seeds.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { drawInitialParameters } from '../../src/core/models/initialWeights.ts';

it.each([1, 2, 77])('noise leaves the initial weights and the trials alone (seed %i)', (seed) => {
  const shape = { units: 20, inputs: 3, outputs: 2 };
  const model = { initialGain: 1, readoutGain: 1.01 };
  const weights = drawInitialParameters(shape, model, seed);
  const trials = NumpyRandom.seeded(streamSeeds(seed).trials);
  const expected = NumpyRandom.seeded(streamSeeds(seed).trials).randints(0, 8, 100);
  TorchRandom.seeded(streamSeeds(seed).noise).randn(1000);
  expect(trials.randints(0, 8, 100)).toEqual(expected);
  expect(drawInitialParameters(shape, model, seed)).toEqual(weights);
});
