import { describe, expect, it } from 'vitest';
import type { DatasetId, RunSpec } from '../../../src/app/plan.ts';
import { publishedPreset } from '../../../src/app/presets.ts';
import { analysisWiring, poseTask, trainingSetup } from '../../../src/app/trainingSetup.ts';
import { plainWiring } from '../../../src/core/models/wiring.ts';
import { reachDataset } from '../../support/reachDataset.ts';
import { randomMask } from '../../support/network.ts';

const { figures: _figures, rules: _rules, seeds: _seeds, ...template } = publishedPreset.plan;
const spec: RunSpec = { ...template, dataset: 'd1' as DatasetId, rule: 'bptt', seed: 1 };
const [published, corrected] = (['published', 'corrected'] as const).map((conventions) => ({ ...spec, conventions }));

describe('what the conventions change of a run', () => {
  it('is where the recording lies in the trial', () => {
    expect(poseTask(published, reachDataset()).analysis).toMatchObject({ start: 105, stop: 226 });
    expect(poseTask(corrected, reachDataset()).analysis).toMatchObject({ start: 73, stop: 194 });
  });

  it('is whether connections that are not there take part in the analysis', () => {
    const wiring = { ...plainWiring, mask: randomMask(9, false, 1) };
    const model = { ...spec.model, density: 0.5 };
    expect(analysisWiring({ ...published, model }, wiring).mask).toBeNull();
    expect(analysisWiring({ ...corrected, model }, wiring)).toBe(wiring);
    expect(analysisWiring({ ...published, model: { ...model, dale: true } }, wiring)).toBe(wiring);
  });

  it('is whether an odd unit may be in no block', () => {
    const odd = { model: { ...spec.model, units: 25 }, training: { ...spec.training, blockPenalty: 0.1 } };
    const setup = (given: RunSpec) => trainingSetup(given, poseTask(given, reachDataset()));
    expect(setup({ ...published, ...odd }).blockPenalty).toBe(0.1);
    expect(() => setup({ ...corrected, ...odd })).toThrow(
      expect.objectContaining({ code: 'model.blocks', message: expect.stringContaining('found 25') }),
    );
    expect(setup({ ...corrected, ...odd, model: { ...spec.model, units: 24 } }).blockPenalty).toBe(0.1);
    expect(setup({ ...corrected, model: odd.model }).blockPenalty).toBe(0);
  });

  it('is nothing of the training of a plain network', () => {
    const setups = [published, corrected].map((given) => trainingSetup(given, poseTask(given, reachDataset())));
    expect(setups[1]).toEqual(setups[0]);
  });
});

describe('the setup of a run', () => {
  it('carries the slope of an activation function that takes one', () => {
    const given = { ...spec, model: { ...spec.model, activation: 'tanhwithslope', activationSlope: 2 } as const };
    expect(trainingSetup(given, poseTask(given, reachDataset())).shape).toMatchObject({
      activation: 'tanhwithslope',
      activationSlope: 2,
    });
  });
});
