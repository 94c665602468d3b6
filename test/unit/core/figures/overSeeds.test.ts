import { describe, expect, it } from 'vitest';
import { meanAtEqualAccuracy, meanAtEqualX } from '../../../../src/core/figures/overSeeds.ts';

describe('the mean over seeds at shared updates', () => {
  it('has mean and values, in order of x', () => {
    const mean = meanAtEqualX([
      { x: [0, 10, 20], y: [1, 2, 3] },
      { x: [10, 0], y: [6, 3] },
    ]);
    expect(mean).toEqual({
      x: [0, 10],
      mean: [2, 4],
      values: [
        [1, 3],
        [2, 6],
      ],
    });
  });

  it('is empty for a single seed', () => {
    expect(meanAtEqualX([{ x: [0, 1], y: [1, 2] }]).x).toEqual([]);
  });
});

describe('the mean over seeds at equal accuracy', () => {
  const straight = (from: number, to: number, y: (x: number) => number) => {
    const x = [from, (from + to) / 2, to];
    return { x, y: x.map(y) };
  };

  it('averages two straight lines to the line between them, although their checkpoints differ', () => {
    const { x, mean, values } = meanAtEqualAccuracy([straight(0, 1, (v) => 1 - v), straight(0, 0.9, (v) => 3 - v)]);
    x.forEach((level, i) => {
      expect(mean[i]).toBeCloseTo(2 - level, 12);
      expect(values[i][1] - values[i][0]).toBeCloseTo(2, 12);
    });
    expect(values.every((seeds) => seeds.length === 2)).toBe(true);
  });

  it('ends at the highest accuracy that two seeds reach, and says how many reach each level', () => {
    const { x, values } = meanAtEqualAccuracy([
      straight(0, 0.5, () => 1),
      straight(0, 0.803, () => 1),
      straight(0, 0.999, () => 1),
    ]);
    expect(x.at(-1)).toBe(0.803);
    expect(values[x.findIndex((v) => v > 0.4)]).toHaveLength(3);
    expect(values.at(-1)).toHaveLength(2);
  });

  it('is empty for a single seed', () => {
    expect(meanAtEqualAccuracy([straight(0, 1, (v) => v)]).x).toEqual([]);
  });
});
