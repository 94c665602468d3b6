import { describe, expect, it } from 'vitest';
import { bandEnds, bandKinds, bandLabel, bandNotes } from '../../../../src/core/figures/seedBand.ts';
import { usualStatistics as statistics } from '../../../../src/core/statistics/compareGroups.ts';
import { meanContrast } from '../../../../src/core/statistics/contrast.ts';
import { intervalKinds, intervalsOf } from '../../../../src/core/statistics/intervals.ts';

const values = [0.4, 0.5, 0.45, 0.6, 0.52];

describe('the band round a mean over seeds', () => {
  it('is the mean and the standard deviation', () => {
    const { low, high } = bandEnds([1, 3], { band: 'sd', statistics });
    expect([low, high]).toEqual([2 - Math.SQRT2, 2 + Math.SQRT2]);
  });

  it.each(intervalKinds)('is the interval of the statistics (%s)', (band) => {
    const settings = { ...statistics, draws: 500 };
    expect(bandEnds(values, { band, statistics: settings })).toEqual(intervalsOf(meanContrast(values), settings)[band]);
  });

  it('narrows with confidence, and is the mean where seeds are equal', () => {
    const width = (confidence: number): number => {
      const { low, high } = bandEnds(values, { band: 'percentile', statistics: { ...statistics, confidence } });
      return high - low;
    };
    expect(width(0.5)).toBeLessThan(width(0.95));
    for (const band of bandKinds) expect(bandEnds([2, 2, 2], { band, statistics })).toEqual({ low: 2, high: 2 });
  });

  it('says what it is', () => {
    expect(bandLabel({ band: 'bca', statistics })).toBe('mean with its 95 % BCa bootstrap');
    expect(bandNotes({ band: 'bca', statistics }, 3).join()).toMatch(/1000 draws.* With 3 seeds .* about 75 %/);
    for (const band of ['sd', 't'] as const) expect(bandNotes({ band, statistics }, 3)).toEqual([]);
  });
});
