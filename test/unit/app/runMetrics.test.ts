import { describe, expect, it } from 'vitest';
import { presets, presetsFor } from '../../../src/app/presets.ts';
import { metricsOf } from '../../../src/app/runMetrics.ts';
import { poseTask, trainingSetup } from '../../../src/app/trainingSetup.ts';
import type { RunSpec } from '../../../src/app/plan.ts';
import { decisionDataset } from '../../support/decisionDataset.ts';
import { codeOf } from '../../support/files.ts';

const idsFor = (task: string): string[] =>
  metricsOf({ task: { id: task, settings: {} }, analysis: { alpha: 1 } }).map(({ id }) => id);

describe('the metrics of a run', () => {
  it('fit the loss of its task', () => {
    expect(idsFor('reach')).toEqual(['normalizedError', 'participationRatio', 'procrustes']);
    expect(idsFor('context-decision')).toEqual(['crossEntropy', 'fractionCorrect', 'participationRatio', 'procrustes']);
  });
});

describe('presets', () => {
  it('are those of the task that a dataset was recorded in', () => {
    expect(presetsFor({ layout: 'mante2013', behaviour: false }).map(({ id }) => id)).toEqual([
      'published-mante',
      'published-mante-400',
      'quick-mante',
    ]);
    expect(presetsFor({ layout: 'hatsopoulos', behaviour: true }).map(({ id }) => id)).toEqual(['published', 'quick']);
    expect(presetsFor({ layout: 'mapping {}', behaviour: false })[0].id).toBe('published');
    for (const recording of [
      { layout: 'sussillo2015', behaviour: false },
      { layout: 'mapping {}', behaviour: true },
    ]) {
      expect(presetsFor(recording).map(({ id }) => id)).toEqual(['muscles', 'quick-muscles']);
    }
  });

  const decisions = presets.filter(({ plan }) => plan.task.id === 'context-decision');
  it.each(decisions)('$id can be trained as it is, and with other numbers of trials not', ({ plan }) => {
    const { rules, seeds, figures: _, ...rest } = plan;
    const spec = { ...rest, dataset: 'd', rule: rules[0], seed: seeds[0] } as RunSpec;
    const task = poseTask(spec, decisionDataset());
    expect(trainingSetup(spec, task)).toMatchObject({
      loss: 'cross-entropy',
      shape: { inputs: 9, outputs: 3, alpha: 0.1 },
    });
    for (const change of [{ trials: 100 }, { testTrials: 1000 }]) {
      const other = { ...spec, training: { ...spec.training, ...change } };
      expect(codeOf(() => trainingSetup(other, task))).toBe('task.trials');
    }
  });
});
