import { describe, expect, it } from 'vitest';
import { valueAtCrossing } from '../../../../src/core/statistics/crossing.ts';

describe('the first crossing of an accuracy', () => {
  const curve = { x: [0, 0.5, 0.3, 0.9], y: [10, 20, 30, 40] };

  it('lies on the line between the checkpoints before and after', () => {
    expect(valueAtCrossing(curve, 0.25)).toBe(15);
  });

  it('does not count later returns below the level', () => {
    expect(valueAtCrossing(curve, 0.4)).toBe(18);
    expect(valueAtCrossing(curve, 0.6)).toBe(35);
  });

  it('is missing above the best accuracy and below the first', () => {
    expect(valueAtCrossing(curve, 0.95)).toBeNull();
    expect(valueAtCrossing({ x: [0.2, 0.4], y: [1, 2] }, 0.1)).toBeNull();
    expect(valueAtCrossing({ x: [0.2, 0.4], y: [1, 2] }, 0.2)).toBe(1);
  });
});
