/** Same seed, same network. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkpointUpdates } from '../../src/core/checkpoints/schedule.ts';
import type { FileArray } from '../../src/core/data/formats/format.ts';
import { npy } from '../../src/core/data/formats/npy.ts';
import { drawInitialParameters } from '../../src/core/models/initialWeights.ts';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { publishedParameters } from '../support/reachReference.ts';
import { describeReference, referenceList, referencePath } from '../support/reference.ts';

describeReference('published runs', () => {
  const runs = referenceList('checkpoints');

  it.each(runs)('%s: its update 0 is drawn bit for bit from the seed', (run) => {
    const published = publishedParameters(run, 0);
    const [, seed] = /_rng(\d+)_/.exec(run)!;
    const shape = {
      units: published.Wrec.shape[0],
      inputs: published.Win.shape[1],
      outputs: published.Wout.shape[0],
    };
    const drawn = drawInitialParameters(shape, { initialGain: 1, readoutGain: 1.01 }, Number(seed));
    for (const name of parameterNames) {
      expect(drawn[name].shape, name).toEqual(published[name].shape);
      expect(Array.from(drawn[name].data), name).toEqual(Array.from(published[name].data));
    }
  });

  it('would not be met by another seed', () => {
    const { Wrec } = publishedParameters(runs[0], 0);
    const other = drawInitialParameters(
      { units: 200, inputs: 3, outputs: 2 },
      { initialGain: 1, readoutGain: 1.01 },
      2,
    );
    expect(Array.from(other.Wrec.data.subarray(0, 10))).not.toEqual(Array.from(Wrec.data.subarray(0, 10)));
  });

  it.each(runs)('%s: its checkpoints are those of the published schedule', (run) => {
    const stored = npy.read(readFileSync(referencePath('checkpoints', run, 'pset.npy')), 'pset.npy') as FileArray;
    expect(checkpointUpdates('published', 1000)).toEqual(Array.from(stored.data));
  });
});
