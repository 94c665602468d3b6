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
  /** TorchRandom: fixed feedback weights; this and the following lie far away, since the published runs lack them */
  readonly feedback: number;
  /** TorchRandom: which recurrent connections and blocks of cell types there are */
  readonly connections: number;
  /** TorchRandom: what a rule draws at every update, see `ruleDraws` */
  readonly rule: number;
};

export function streamSeeds(runSeed: number): StreamSeeds {
  return {
    weights: runSeed + 2,
    trials: runSeed + 3,
    noise: runSeed + 3,
    testSet: runSeed,
    feedback: (runSeed + 2 ** 31) % 2 ** 32,
    connections: (runSeed + 2 ** 30) % 2 ** 32,
    rule: (runSeed + 3 * 2 ** 30) % 2 ** 32,
  };
}
