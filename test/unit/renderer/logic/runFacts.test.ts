import { describe, expect, it } from 'vitest';
import type { DatasetId, RunSpec } from '../../../../src/app/plan.ts';
import { planSchema } from '../../../../src/app/plan.ts';
import { publishedPreset } from '../../../../src/app/presets.ts';
import { choices } from '../../../support/choices.ts';
import { keptOf, planOf, settingsOf } from '../../../../src/renderer/logic/runFacts.ts';

const { figures: _figures, rules: _rules, seeds: _seeds, ...template } = publishedPreset.plan;
const spec: RunSpec = { ...template, dataset: 'd1' as DatasetId, rule: 'e-prop', seed: 3 };

describe('the facts of a run', () => {
  const facts = (change: object = {}, from = choices) => new Map(settingsOf({ spec: { ...spec, ...change } }, from));

  it('name the activation as the form does, by its id where the name is not known', () => {
    expect(facts().get('Activation')).toBe('Rectified tanh');
    expect(facts({}, { ...choices, activations: [] }).get('Activation')).toBe(spec.model.activation);
  });

  it('tell every number, switch and choice of a plan', () => {
    expect(Object.fromEntries(facts())).toMatchObject({
      Task: 'Centre-out reach (Hatsopoulos 2007)',
      Conventions: 'Published',
      Units: '200',
      'Weight updates': '1,000',
      'Time constant': '100 ms',
      'Connection density': '1',
      'Dale’s law': 'no',
      'What leaks': 'Preactivation',
      'Gradient norm limit': 'none',
      'Learning rate over time': 'Constant',
      'What is learned': 'all',
      Outputs: 'Joint angles',
    });
    expect(facts().has('Weight decay')).toBe(false);
  });

  it('tell ranges, settings of the rule and of the task, and what is frozen', () => {
    const { model, training } = spec;
    const told = facts({
      rule: 'truncated-bptt',
      ruleSettings: { 'truncated-bptt': { window: 5 } },
      conventions: 'corrected',
      task: { id: 'reach', settings: { outputs: ['velocity'], steps: 250 } },
      model: { ...model, tauMs: [50, 200], dale: true },
      training: { ...training, optimizer: { ...training.optimizer, frozen: ['a0', 'Win', 'b', 'bout'] } },
    });
    expect(told.get('Window')).toMatch(/^5/);
    expect(Object.fromEntries(told)).toMatchObject({
      Conventions: 'Corrected',
      Outputs: 'Hand velocity',
      'Training trial': '250 steps',
      'Time constant': '50 to 200 ms',
      'Dale’s law': 'yes',
      'What is learned': 'Recurrent weights, Readout weights',
    });
  });

  it('make a plan of this one run', () => {
    expect(planSchema.parse(planOf(spec, false)).data).toEqual({ recording: 'none' });
    expect(planSchema.parse(planOf(spec, true))).toMatchObject({
      data: { dataset: 'd1' },
      rules: ['e-prop'],
      seeds: [3],
    });
  });
});

describe('what is left of a run that failed', () => {
  const rows = (...updates: number[]) => ({
    checkpointRows: updates.map((update) => ({ update, sha256: 'a', results: {}, reasons: {} })),
  });
  it.each([
    [rows(), 'It failed before its first checkpoint: nothing is left to analyse.'],
    [rows(0), 'Kept up to update 0: 1 checkpoint, which can be analysed and compared.'],
    [rows(0, 500, 1000), 'Kept up to update 1,000: 3 checkpoints, which can be analysed and compared.'],
  ])('is told by its last checkpoint', (run, words) => {
    expect(keptOf(run)).toBe(words);
  });
});
