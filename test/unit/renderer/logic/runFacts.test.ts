import { describe, expect, it } from 'vitest';
import type { DatasetId, RunSpec } from '../../../../src/app/plan.ts';
import { planSchema } from '../../../../src/app/plan.ts';
import { publishedPreset } from '../../../../src/app/presets.ts';
import { planOf, settingsOf } from '../../../../src/renderer/logic/runFacts.ts';

const { figures: _figures, rules: _rules, seeds: _seeds, ...template } = publishedPreset.plan;
const spec: RunSpec = { ...template, dataset: 'd1' as DatasetId, rule: 'e-prop', seed: 3 };

describe('the facts of a run', () => {
  it('name the activation as the form does, by its id where the name is not known', () => {
    const named = (names: { id: string; label: string }[]) => new Map(settingsOf({ spec }, names)).get('Activation');
    expect(named([{ id: spec.model.activation, label: 'Rectified tanh' }])).toBe('Rectified tanh');
    expect(named([])).toBe(spec.model.activation);
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
