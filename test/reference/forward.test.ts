/** Forward passes and first updates of the published runs. */
import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { streamSeeds } from '../../src/core/math/random/seeds.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import { crossEntropy } from '../../src/core/metrics/crossEntropy.ts';
import { fractionCorrect } from '../../src/core/metrics/fractionCorrect.ts';
import { contextDecision } from '../../src/core/tasks/contextDecision.ts';
import { tasks } from '../../src/core/tasks/index.ts';
import { manteRecording } from '../support/manteReference.ts';
import { largestDifferenceOf, openNetwork } from '../support/network.ts';
import { hatsopoulosDataset, publishedParameters, referenceArrays } from '../support/reachReference.ts';
import {
  describeReference,
  hasReference,
  largestDifference,
  referenceJson,
  referenceList,
} from '../support/reference.ts';

const retanh = { activation: 'retanh', alpha: 0.1, activityPenalty: 10 } as const;

type Facts = {
  cross_entropy_float64_forward: number;
  mean_square_activity: number;
  error_stored: number;
  regularization_in_file: number;
  fraction_correct_in_decision_period: number;
};
type Case = { name: string; checkpoint_folder: string; updates: Record<string, Facts> };

/** Every file of the folder that holds forward passes. */
const cases: Case[] = referenceList('fixtures', 'forward')
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ ...referenceJson('fixtures', 'forward', file), name: file.slice(0, -'.json'.length) }))
  .filter((found) => found.checkpoint_folder !== undefined && found.updates !== undefined);
const isReach = (folder: string): boolean => folder.startsWith('Hatsopoulos2007');
const reachCases = cases.filter((found) => isReach(found.checkpoint_folder));
const manteCases = cases.filter((found) => !isReach(found.checkpoint_folder));

/** The learning mode is a number in the folder's name. */
const ruleOf = (folder: string): LearningRule => (/_lm1_/.test(folder) ? eprop : bptt);

const firstUpdates = hasReference ? referenceJson('fixtures', 'forward', 'first_updates_of_real_runs.json').runs : {};

describeReference('reach networks', () => {
  it('are there', () => expect(reachCases).not.toEqual([]));

  describe.each(reachCases)('$name', ({ name, checkpoint_folder, updates }) => {
    it.each(Object.keys(updates))('update %s responds as published', (update) => {
      const arrays = referenceArrays('fixtures', 'forward', `${name}.npz`);
      const { batch } = tasks.get('reach').pose(hatsopoulosDataset(), {}).analysis;
      const parameters = publishedParameters(checkpoint_folder, Number(update));
      const { rates, readout } = openNetwork(bptt, parameters, retanh).forward(batch.input);
      expect(largestDifference(readout.data, arrays[`output_update${update}`].data)).toBeLessThan(5e-5);
      const trial0 = rates.data.subarray(0, 250 * 200);
      expect(largestDifference(trial0, arrays[`activity_trial0_update${update}`].data)).toBeLessThan(5e-5);
    });
  });

  it.each(Object.keys(firstUpdates).filter(isReach))('%s makes its first update again', (run) => {
    const [published] = firstUpdates[run];
    const task = tasks.get('reach').pose(hatsopoulosDataset(), {});
    const optimizer = { learningRate: 3e-4 };
    const network = openNetwork(ruleOf(run), publishedParameters(run, 0), { ...retanh, optimizer });
    const report = network.update(task.draw(NumpyRandom.seeded(streamSeeds(1).trials), 100), null);
    expect(report.main / published.errormain_before).toBeCloseTo(1, 6);
    expect(report.activity / published.error_activityL2_before).toBeCloseTo(1, 6);
    expect(report.activityPenalty).toBeCloseTo(published.regularization_after, 12);
    const after = publishedParameters(run, 1);
    const { parameters } = network.state();
    expect(largestDifference(parameters.Wrec.data, after.Wrec.data)).toBeLessThan(1e-6);
  });
});

describeReference('decision networks', () => {
  it('are there', () => expect(manteCases).toHaveLength(2));

  describe.each(manteCases)('$name', ({ name, checkpoint_folder, updates }) => {
    it.each(Object.entries(updates))('update %s responds as published', (update, facts) => {
      const arrays = referenceArrays('fixtures', 'forward', `${name}.npz`);
      const { batch } = contextDecision.pose(manteRecording(), {}).analysis;
      const parameters = publishedParameters(checkpoint_folder, Number(update));
      const { rates, readout } = openNetwork(bptt, parameters, retanh).forward(batch.input);
      expect(largestDifference(readout.data, arrays[`output_update${update}`].data)).toBeLessThan(5e-5);
      const trial0 = rates.data.subarray(0, 113 * 200);
      expect(largestDifference(trial0, arrays[`activity_trial0_update${update}`].data)).toBeLessThan(5e-5);

      const entropy = crossEntropy.score(readout, batch.target, batch.mask);
      expect(entropy / facts.cross_entropy_float64_forward).toBeCloseTo(1, 6);
      expect(fractionCorrect.score(readout, batch.target, batch.mask)).toBeCloseTo(
        facts.fraction_correct_in_decision_period,
        12,
      );
      // the stored error holds the penalty at its strength before the check, which lowers it or leaves it
      const squares = Array.from(rates.data).reduce((sum, h) => sum + h * h, 0) / rates.data.length;
      const strengths = [1, 1.5].map((by) => by * facts.regularization_in_file);
      const candidates = strengths.map((r) => Math.abs((entropy + r * squares) / facts.error_stored - 1));
      expect(Math.min(...candidates)).toBeLessThan(1e-6);
    });
  });

  it.each(Object.keys(firstUpdates).filter((run) => !isReach(run)))('%s makes its first update again', (run) => {
    const [published] = firstUpdates[run];
    const optimizer = { learningRate: 3e-4 };
    const options = { ...retanh, optimizer, loss: contextDecision.loss({}) };
    const network = openNetwork(ruleOf(run), publishedParameters(run, 0), options);
    const { batch } = contextDecision.pose(manteRecording(), {}).analysis;
    const report = network.update(batch, null);
    expect(report.main / published.errormain_before).toBeCloseTo(1, 6);
    expect(report.activity / published.error_activityL2_before).toBeCloseTo(1, 6);
    expect(report.activityPenalty).toBeCloseTo(published.regularization_after, 12);
    expect(largestDifferenceOf(network.state().parameters, publishedParameters(run, 1))).toBeLessThan(1e-6);
  });
});
