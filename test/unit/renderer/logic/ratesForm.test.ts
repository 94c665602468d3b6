import { describe, expect, it } from 'vitest';
import type { Rates } from '../../../../src/app/ratesSchema.ts';
import { fieldOf, formOfSpikes, readRates, smoothingHint } from '../../../../src/renderer/logic/ratesForm.ts';
import { peakOf, summaryOf } from '../../../../src/renderer/logic/ratesReport.ts';
import type { Figure } from '../../../../src/core/figures/figure.ts';

const suggestion: Rates = {
  name: 'monkey',
  event: 'go cue',
  fromMs: -500,
  toMs: 1000,
  binMs: 10,
  smoothing: { kind: 'causal', sdMs: 40 },
  conditions: [{ column: 'target_dir', directions: 8, unit: 'rad' }, { column: 'side' }],
  only: [{ column: 'result', is: ['R'] }],
  minTrials: 2,
  minRateHz: 0.5,
  normalisation: { kind: 'soft', constantHz: 5 },
  signals: 'recorded',
  keepTrials: true,
};
const form = formOfSpikes({ suggestion });

describe('the form of how spikes become rates', () => {
  it('gives back the options that it was filled with', () => {
    expect(readRates(form)).toEqual({ rates: suggestion, errors: null });
    const plain: Rates = { ...suggestion, smoothing: { kind: 'none' }, normalisation: { kind: 'zScore' }, conditions: [], only: [] }; // prettier-ignore
    expect(readRates(formOfSpikes({ suggestion: plain })).rates).toEqual(plain);
    const open: Rates = { ...suggestion, table: 'trials', ticksPerSecond: 1000 };
    expect(readRates(formOfSpikes({ suggestion: open })).rates).toEqual(open);
    expect(readRates({ ...form, ticksPerSecond: '0' }).errors).toEqual({ ticksPerSecond: 'A number above 0.' });
  });

  it('says beside each field what is wrong with it', () => {
    const wrong = {
      ...form,
      name: ' ',
      toMs: '-505',
      sdMs: 'wide',
      minTrials: '1.5',
      minRateHz: '-1',
      constantHz: '',
      only: [{ column: 'result', is: [] }],
      conditions: [form.conditions[1], form.conditions[1]],
    };
    const { rates, errors } = readRates(wrong);
    expect(rates).toBeNull();
    expect(Object.keys(errors!).sort()).toEqual(['conditions', 'constantHz', 'minRateHz', 'minTrials', 'name', 'only', 'sdMs', 'toMs']); // prettier-ignore
    expect(errors!.toMs).toBe('At least one step after -500.');
    expect(readRates({ ...wrong, smoothing: 'none', normalisation: 'none' }).errors).not.toHaveProperty('sdMs');
    const many = { ...form, conditions: [{ ...form.conditions[0], directions: '1' }] };
    expect(readRates(many).errors).toEqual({ conditions: 'Directions: A whole number from 2 to 360.' });
  });

  it('puts refusals of the host beside the field that they are about', () => {
    expect([fieldOf('rates.minTrials'), fieldOf('rates.window'), fieldOf('import.memory')]).toEqual(['minTrials', 'toMs', null]); // prettier-ignore
  });

  it('tells how late causal smoothing is: √(2/π) of its deviation', () => {
    expect(smoothingHint({ smoothing: 'causal', sdMs: '50' })).toContain('on average 40 ms late');
    expect(smoothingHint({ smoothing: 'causal', sdMs: '' })).toBe('The later half of a Gaussian: never looks ahead.');
  });
});

describe('what options take of spikes', () => {
  it('is told with numbers and reasons', () => {
    const names = Array.from({ length: 10 }, (_, k) => `u${k}`);
    const told = summaryOf(
      {
        steps: 121,
        conditions: [
          { label: '0°', trials: 12, kept: true },
          { label: '45°', trials: 9, kept: true },
          { label: '90°', trials: 1, kept: false },
        ],
        trialsLeftOut: [{ why: 'no time of "go"', trials: 3 }],
        unitsKept: [1, 2],
        unitsLeftOut: [{ why: 'no spike in the trials taken', units: names }],
        signals: ['handX'],
        signalsLeftOut: ['eye'],
      },
      12,
    );
    expect(told).toEqual([
      '121 steps, 2 conditions, 21 trials averaged (9 to 12 per condition).',
      '2 of 12 units kept.',
      '10 units left out, no spike in the trials taken: u0, u1, u2, u3, u4, u5, u6, u7 and 2 more.',
      '3 trials left out: no time of "go".',
      '1 condition left out, too few trials: 90° (1).',
      'Averaged beside: handX.',
      'Not measured at every step, left out: eye.',
    ]);
  });

  it('has a peak, in Hz where rates are in Hz', () => {
    const lines = [{ y: [1, 30.26] }, { y: [2] }];
    expect(peakOf({ lines, y: { label: 'Firing rate (Hz)' } } as unknown as Figure)).toBe('30.3 Hz');
    expect(peakOf({ lines, y: { label: 'Firing rate (z-score)' } } as unknown as Figure)).toBe('30.26');
  });
});
