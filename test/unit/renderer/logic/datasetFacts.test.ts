import { describe, expect, it } from 'vitest';
import {
  constantWords,
  layoutSettings,
  missingWords,
  trialTile,
  trialWords,
} from '../../../../src/renderer/logic/datasetFacts.ts';
import type { Facts } from '../../../../src/renderer/logic/datasetFacts.ts';

const facts: Facts = {
  trials: null,
  missing: 0,
  values: 1200,
  meanRate: 1,
  leastRate: 0,
  mostRate: 2,
  constantNeurons: [],
};
const counted = (mean: number[], total: number | null, from: 'singleTrials' | 'facts' = 'singleTrials'): Facts => ({
  ...facts,
  trials: { from, total, mean, least: mean, most: mean },
});

describe('facts in words', () => {
  it('tell trials', () => {
    expect(trialWords(facts)).toContain('not known');
    expect(trialTile(facts)).toBe('–');
    expect(trialWords(counted([20, 20], 40))).toBe('20 per condition, 40 in all');
    expect(trialWords(counted([18, 21], 39))).toBe('18 to 21 (mean 19.5) per condition, 39 in all');
    expect(trialWords(counted([1.2, 3], null, 'facts'))).toBe('1.2 to 3 (mean 2.1) per condition and neuron; averages alone'); // prettier-ignore
    expect([trialTile(counted([20, 20], 40)), trialTile(counted([1.2, 3], null))]).toEqual(['40', '2.1 each']);
  });

  it('tell what is missing and what never changes', () => {
    expect(missingWords(facts)).toBe('none of 1,200 values of the activity');
    expect(constantWords(facts)).toBe('none');
    expect(constantWords({ ...facts, constantNeurons: [3, 4] })).toBe('2 neurons: 3, 4');
  });

  it('take the settings of a layout apart', () => {
    expect(layoutSettings('hatsopoulos')).toEqual({ id: 'hatsopoulos', json: null });
    expect(layoutSettings('mapping {"array":"x"}')).toEqual({ id: 'mapping', json: '{\n  "array": "x"\n}' });
    expect(layoutSettings('mapping {no json}')).toEqual({ id: 'mapping {no json}', json: null });
  });
});
