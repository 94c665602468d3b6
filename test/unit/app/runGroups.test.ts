import { describe, expect, it } from 'vitest';
import type { DatasetId, RunSpec } from '../../../src/app/plan.ts';
import { publishedPreset } from '../../../src/app/presets.ts';
import { groupsOf } from '../../../src/app/runGroups.ts';

const { figures: _figures, rules: _rules, seeds: _seeds, ...template } = publishedPreset.plan;
const run = (
  change: Partial<RunSpec> = {},
  origin: object | null = null,
): { spec: RunSpec; origin: object | null } => ({
  origin,
  spec: { ...template, dataset: 'd' as DatasetId, rule: 'bptt', seed: 1, ...change },
});

describe('groups of runs', () => {
  it('hold what differs in the seed alone, whatever engine and threads trained it', () => {
    const groups = groupsOf([run(), run({ seed: 2 }), run({ seed: 3, engine: { engine: 'reference', threads: 4 } })]);
    expect(new Set(groups.map((g) => g.id)).size).toBe(1);
    expect(groups[0].label).toBe('BPTT');
  });

  it('do not depend on whether gradients were compared on the way', () => {
    const groups = groupsOf([run(), run({ training: { ...template.training, alignment: { every: 5 } } })]);
    expect(groups[0]).toEqual(groups[1]);
  });

  it('are told apart by rule, and by the settings in which they differ', () => {
    const faster = { ...template.training, optimizer: { ...template.training.optimizer, learningRate: 1e-3 } };
    const labels = groupsOf([run(), run({ rule: 'e-prop' }), run({ training: faster })]).map((g) => g.label);
    expect(labels).toEqual(['BPTT, learning rate 0.0003', 'e-prop, learning rate 0.0003', 'BPTT, learning rate 0.001']);
  });

  it('keep imported runs apart from those trained here with the same settings', () => {
    const groups = groupsOf([run(), run({ seed: 2 }, {}), run({}, {}), run({ rule: 'e-prop' }, {})]);
    expect(groups.map((g) => g.label)).toEqual(['BPTT', 'BPTT, imported', 'BPTT, imported', 'e-prop, imported']);
    expect(groups[1].id).toBe(groups[2].id);
    expect(groups[1].color).not.toBe(groups[0].color);
  });

  it('say "default" for a setting that only others name', () => {
    const labels = groupsOf([run(), run({ task: { id: 'reach', settings: { outputOffset: 0 } } })]).map((g) => g.label);
    expect(labels).toEqual(['BPTT, output offset default', 'BPTT, output offset 0']);
  });

  it('leave out how often checkpoints are kept where other settings tell them apart, else say it once', () => {
    const often = { ...template.training, checkpoints: { every: 20 } };
    const small = { ...template.model, units: 50 };
    const labels = (runs: ReturnType<typeof run>[]): string[] => groupsOf(runs).map((g) => g.label);
    expect(labels([run(), run({ training: often, model: small })])).toEqual(['BPTT, 200 units', 'BPTT, 50 units']);
    expect(labels([run(), run({ training: often })])).toEqual([
      'BPTT, published checkpoints',
      'BPTT, checkpoints every 20',
    ]);
    expect(labels([run(), run({ rule: 'e-prop', training: often })])).toEqual(['BPTT', 'e-prop']);
  });

  it('have labels of bounded length, no two alike', () => {
    const words = Array.from({ length: 9 }, (_, i) => `word${i}`);
    const runs = [1, 2, 3].map((n) => run({ task: { id: 'reach', settings: { outputs: [...words, `end${n}`] } } }));
    const labels = groupsOf(runs).map((g) => g.label);
    expect(new Set(labels).size).toBe(3);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(64);
  });
});
