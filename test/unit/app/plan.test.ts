import { describe, expect, it } from 'vitest';
import { expandSweep, planSchema } from '../../../src/app/plan.ts';
import type { DatasetId, Sweep } from '../../../src/app/plan.ts';
import { presets, publishedPreset } from '../../../src/app/presets.ts';
import { figures } from '../../../src/core/figures/index.ts';
import { rules } from '../../../src/core/rules/index.ts';

const { figures: _figures, ...template } = publishedPreset.plan;
const sweep: Sweep = { ...template, dataset: 'd' as DatasetId, rules: ['bptt', 'e-prop'], seeds: [2, 1, 2] };

describe('a plan', () => {
  it('becomes one run per rule and seed, all rules of the first seed first, repeats once', () => {
    expect(expandSweep(sweep).map((run) => `${run.seed} ${run.rule}`)).toEqual([
      '2 bptt',
      '2 e-prop',
      '1 bptt',
      '1 e-prop',
    ]);
  });

  it.each([
    ['no seeds', { seeds: [] }],
    ['half a seed', { seeds: [1.5] }],
    ['no rule', { rules: [] }],
    ['no units', { model: { ...template.model, units: 0 } }],
    ['a negative time constant', { model: { ...template.model, tauMs: -100 } }],
    ['a range of time constants from high to low', { model: { ...template.model, tauMs: [200, 50] } }],
    ['no connections at all', { model: { ...template.model, density: 0 } }],
    ['more connections than there are', { model: { ...template.model, density: 1.5 } }],
    ['an unknown activation', { model: { ...template.model, activation: 'step' } }],
    ['an interval of comparisons of 0', { training: { ...template.training, alignment: { every: 0 } } }],
    ['a comparison after the last update', { training: { ...template.training, alignment: { updates: [0, 1000] } } }],
    ['a misspelt interval', { training: { ...template.training, alignment: { evry: 5 } } }],
    ['an unknown engine', { engine: { engine: 'abacus' } }],
    [
      'a negative learning rate',
      { training: { ...template.training, optimizer: { ...template.training.optimizer, learningRate: -1 } } },
    ],
  ])('is refused with %s', (_what, change) => {
    const plan = { ...publishedPreset.plan, data: { dataset: 'd' }, ...change };
    expect(planSchema.safeParse(plan).success).toBe(false);
  });

  it('from before the learning rate could decay or parameters be frozen does neither', () => {
    const { decay, frozen, ...optimizer } = template.training.optimizer;
    expect([decay, frozen]).toEqual([null, []]);
    const old = { ...publishedPreset.plan, training: { ...template.training, optimizer }, data: { dataset: 'd' } };
    expect(planSchema.parse(old)).toEqual({ ...publishedPreset.plan, data: { dataset: 'd' } });
  });

  it('says why gradients cannot be compared after the last update', () => {
    const training = { ...template.training, alignment: { updates: [0, 999, 1000] } };
    const { error } = planSchema.safeParse({ ...publishedPreset.plan, data: { dataset: 'd' }, training });
    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['training.alignment.updates', expect.stringMatching(/below the number of updates/)],
    ]);
  });

  it('from before gradients could be compared compares none', () => {
    const { alignment, ...training } = template.training;
    expect(alignment).toBeNull();
    const old = { ...publishedPreset.plan, training, data: { dataset: 'd' } };
    expect(planSchema.parse(old).training.alignment).toBeNull();
  });

  it.each(presets.map((p) => [p.id, p] as const))(
    'of the preset "%s" is valid and names rules and figures that exist',
    (_id, { plan }) => {
      const parsed = planSchema.parse({ ...plan, data: { dataset: 'd' } });
      expect(parsed).toEqual({ ...plan, data: { dataset: 'd' } });
      for (const id of plan.rules) expect(rules.get(id).id).toBe(id);
      for (const id of plan.figures) expect(figures.get(id).id).toBe(id);
    },
  );
});
