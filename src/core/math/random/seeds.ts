/**
 * Every purpose has its random stream, all seeded from the one seed of a run, so that noise leaves the initial weights
 * and the trials alone. The offsets are those of the published runs: same seed, same network.
 */
export type StreamSeeds = {
  /** TorchRandom: initial weights */
  readonly weights: number;
  /** NumpyRandom: trials of every update */
  readonly trials: number;
  /** TorchRandom: activity noise of every update */
  readonly noise: number;
  /** NumpyRandom: test set */
  readonly testSet: number;
  /** TorchRandom: fixed feedback weights; half of all seeds away, since the published runs have no such stream */
  readonly feedback: number;
};

export function streamSeeds(runSeed: number): StreamSeeds {
  return {
    weights: runSeed + 2,
    trials: runSeed + 3,
    noise: runSeed + 3,
    testSet: runSeed,
    feedback: (runSeed + 2 ** 31) % 2 ** 32,
  };
}
