/** Forward passes and first updates of the published runs. */
import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../src/core/math/random/seeds.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import { openNetwork } from '../support/network.ts';
import { hatsopoulosDataset, publishedParameters, referenceArrays } from '../support/reachReference.ts';
import { describeReference, hasReference, largestDifference, referenceJson } from '../support/reference.ts';

const retanh = { activation: 'retanh', alpha: 0.1, activityPenalty: 10 } as const;

describeReference('reach networks', () => {
  describe.each(['hats_lm0', 'hats_lm1'])('%s', (name) => {
    const fixture = hasReference ? referenceJson('fixtures', 'forward', `${name}.json`) : { updates: {} };

    it.each(Object.keys(fixture.updates))('update %s responds as published', (update) => {
      const arrays = referenceArrays('fixtures', 'forward', `${name}.npz`);
      const { batch } = tasks.get('reach').pose(hatsopoulosDataset(), {}).analysis;
      const parameters = publishedParameters(fixture.checkpoint_folder, Number(update));
      const { rates, readout } = openNetwork(bptt, parameters, retanh).forward(batch.input);
      expect(largestDifference(readout.data, arrays[`output_update${update}`].data)).toBeLessThan(5e-5);
      const trial0 = rates.data.subarray(0, 250 * 200);
      expect(largestDifference(trial0, arrays[`activity_trial0_update${update}`].data)).toBeLessThan(5e-5);
    });
  });

  it.each([
    ['Hatsopoulos2007_retanh_nrecurrent200_activitynoisestd0.0_rng1_lm0_lr0.0003_l210.0_g01.0', bptt],
    ['Hatsopoulos2007_retanh_nrecurrent200_activitynoisestd0.0_rng1_lm1_lr0.0003_l210.0_g01.0', eprop],
  ])('%s makes its first update again', (run, rule) => {
    const [published] = referenceJson('fixtures', 'forward', 'first_updates_of_real_runs.json').runs[run];
    const task = tasks.get('reach').pose(hatsopoulosDataset(), {});
    const optimizer = { learningRate: 3e-4 };
    const network = openNetwork(rule, publishedParameters(run, 0), { ...retanh, optimizer });
    const report = network.update(task.draw(NumpyRandom.seeded(streamSeeds(1).trials), 100), null);
    expect(report.main / published.errormain_before).toBeCloseTo(1, 6);
    expect(report.activity / published.error_activityL2_before).toBeCloseTo(1, 6);
    expect(report.activityPenalty).toBeCloseTo(published.regularization_after, 12);
    const after = publishedParameters(run, 1);
    const { parameters } = network.state();
    expect(largestDifference(parameters.Wrec.data, after.Wrec.data)).toBeLessThan(1e-6);
  });
});
