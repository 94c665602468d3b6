import { describe, expect, it } from 'vitest';
import { analysisKey, canonicalJson } from '../../../../src/core/analysis/analysisKey.ts';
import { participationRatio } from '../../../../src/core/metrics/participationRatio.ts';
import { procrustes } from '../../../../src/core/metrics/procrustes.ts';

const model = { activation: 'retanh', tauMs: 100, leak: 'preactivation', dale: false, density: 1 } as const;

const inputs = {
  dataset: 'a',
  task: { id: 'reach', settings: { steps: 250, jitter: [0, 1] } },
  model,
  conventions: 'published' as const,
  parameters: 'b',
  engine: 'reference',
  metric: procrustes,
  testSet: null,
};

describe('the key of an analysis', () => {
  it('does not depend on the order in which settings were written', () => {
    const reordered = { ...inputs, task: { settings: { jitter: [0, 1], steps: 250 }, id: 'reach' } };
    expect(analysisKey(reordered)).toBe(analysisKey(inputs));
  });

  it.each([
    ['parameters', { parameters: 'c' }],
    ['recording', { dataset: 'x' }],
    ['settings', { task: { id: 'reach', settings: { steps: 251, jitter: [0, 1] } } }],
    ['engine', { engine: 'native-cpu' }],
    ['model', { model: { ...model, tauMs: 50 } }],
    ['slope of the activation', { model: { ...model, activationSlope: 2 } }],
    ["Dale's law", { model: { ...model, dale: true } }],
    ['conventions', { conventions: 'corrected' as const }],
    ['metric', { metric: participationRatio }],
    [
      'settings of the metric',
      { metric: { ...procrustes, defaults: { ...(procrustes.defaults as object), alpha: 0 } } },
    ],
    ['test set', { testSet: { seed: 1, trials: 10 } }],
  ])('changes with the %s', (_, change) => {
    expect(analysisKey({ ...inputs, ...change })).not.toBe(analysisKey(inputs));
  });
});

describe('canonical JSON', () => {
  it('sorts keys, keeps the order of lists and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' }, e: undefined })).toBe(
      '{"a":{"c":"x","d":null},"b":[2,1]}',
    );
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ a: NaN })).toThrow(expect.objectContaining({ code: 'analysis.key' }));
    expect(() => canonicalJson(() => 1)).toThrow(/found a function/);
  });
});
