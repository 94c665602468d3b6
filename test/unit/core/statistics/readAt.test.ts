import { describe, expect, it } from 'vitest';
import { accuracyReachedByAll, readSeed } from '../../../../src/core/statistics/readAt.ts';
import type { TrainingPoint } from '../../../../src/core/statistics/readAt.ts';

const points = (accuracy: (number | null)[], distance: (number | null)[]): TrainingPoint[] =>
  accuracy.map((a, i) => ({ update: 10 * i, accuracy: a, distance: distance[i] }));

const seed = points([0, 0.5, 0.9, 0.8], [0.6, 0.5, 0.4, 0.3]);

describe('reading a seed', () => {
  it('at equal accuracy is on the line where it gets there first', () => {
    expect(readSeed(seed, 'accuracy', 0.7)).toEqual({ distance: expect.closeTo(0.45, 12), accuracy: 0.7, update: 20 });
    expect(readSeed(seed, 'accuracy', 0.85)!.distance).toBeCloseTo(0.4125, 12);
    expect(readSeed(seed, 'accuracy', 0.95)).toBeNull();
  });

  it('at its best accuracy, at the last update and at the closest checkpoint are three readings', () => {
    expect(readSeed(seed, 'best', null)).toMatchObject({ distance: 0.4, accuracy: 0.9, update: 20 });
    expect(readSeed(seed, 'last', null)).toMatchObject({ distance: 0.3, accuracy: 0.8, update: 30 });
    expect(readSeed(points([0, 0.5, 0.9], [0.6, 0.3, 0.4]), 'smallest', null)).toMatchObject({
      distance: 0.3,
      update: 10,
    });
  });

  it('leaves out checkpoints without a value, but takes no earlier one for the last', () => {
    const gaps = points([0, null, 0.9, 0.95], [0.6, 0.5, 0.4, null]);
    expect(readSeed(gaps, 'accuracy', 0.45)!.distance).toBeCloseTo(0.5, 12);
    expect(readSeed(gaps, 'best', null)).toMatchObject({ accuracy: 0.9 });
    expect(readSeed(gaps, 'last', null)).toBeNull();
    expect(readSeed([], 'last', null)).toBeNull();
  });

  it('at the closest checkpoint is the greatest value of a similarity', () => {
    expect(readSeed(seed, 'smallest', null, 'higher')).toMatchObject({ distance: 0.6, update: 0 });
  });

  it('at the closest checkpoint is biased: with noise alone, below what checkpoints have on average', () => {
    const noisy = points(
      Array.from({ length: 50 }, (_, i) => i / 50),
      Array.from({ length: 50 }, (_, i) => 0.4 + 0.01 * Math.sin(7 * i)),
    );
    expect(readSeed(noisy, 'smallest', null)!.distance).toBeLessThan(0.3905);
  });
});

describe('the accuracy that all seeds reach', () => {
  it('is the lowest of their best, and says whose it is', () => {
    expect(accuracyReachedByAll([seed, points([0, 0.3], [0.6, 0.5]), points([0, 1], [0.6, 0.5])])).toEqual({
      level: 0.3,
      limitedBy: 1,
    });
  });

  it('is none where a seed has no value at all', () => {
    expect(accuracyReachedByAll([seed, points([null], [0.2])])).toBeNull();
    expect(accuracyReachedByAll([])).toBeNull();
  });
});
