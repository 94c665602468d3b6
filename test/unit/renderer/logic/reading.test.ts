import { describe, expect, it } from 'vitest';
import { bandKinds } from '../../../../src/core/figures/seedBand.ts';
import {
  bandOptions,
  readReading,
  readStatistics,
  usualReadingForm,
  usualStatisticsForm,
  wrongGap,
} from '../../../../src/renderer/logic/reading.ts';

describe('where seeds are read', () => {
  it('is at the highest accuracy that all reach unless one is given', () => {
    expect(readReading(usualReadingForm)).toEqual({ at: 'accuracy', accuracy: null });
    expect(readReading({ at: 'accuracy', accuracy: '0.9' })).toEqual({ at: 'accuracy', accuracy: 0.9 });
    expect(readReading({ at: 'last', accuracy: 'nonsense' })).toEqual({ at: 'last', accuracy: null });
    expect(readReading({ at: 'accuracy', accuracy: '1.1' })).toEqual(expect.any(String));
  });
});

describe('how seeds are compared', () => {
  it('counts seeds for the difference observed unless a gap is given', () => {
    expect(readStatistics(usualStatisticsForm).gap).toBeNull();
    expect(readStatistics({ ...usualStatisticsForm, gap: '0.02' })).toMatchObject({ gap: 0.02, interval: 't' });
  });

  it('says what is wrong with a gap, and goes on without one', () => {
    for (const gap of ['0', '-1', 'wide']) {
      expect(wrongGap(gap)).toEqual(expect.any(String));
      expect(readStatistics({ ...usualStatisticsForm, gap }).gap).toBeNull();
    }
    expect(wrongGap('')).toBeNull();
  });

  it('offers every band', () => {
    expect(bandOptions.map(({ id }) => id)).toEqual(bandKinds);
  });
});
