import { describe, expect, it } from 'vitest';
import { activationIds, activationOf, activations } from '../../../../src/core/models/activations.ts';

const kinks = { retanh: [0], ReLU: [0], lineartanh: [-1, 1], ELU: [0] } as Record<string, number[]>;

describe.each(activationIds)('%s', (id) => {
  const { value, slope } = activationOf({ activation: id, activationSlope: 1.7 });
  const { label } = activations[id];

  it('has the slope of its value, by finite differences away from kinks', () => {
    for (let a = -4.05; a < 4.1; a += 0.1) {
      if ((kinks[id] ?? []).some((k) => Math.abs(a - k) < 1e-3)) continue;
      const h = 1e-5;
      expect(slope(a)).toBeCloseTo((value(a + h) - value(a - h)) / (2 * h), 7);
    }
  });

  it('stays a number where units saturate, and has a label', () => {
    for (const a of [-100, 100]) expect([value(a), slope(a)].every(Number.isFinite)).toBe(true);
    expect(label).not.toBe('');
  });
});

describe('slopes at kinks', () => {
  it('are those of automatic differentiation', () => {
    expect(activations.retanh.slope(0)).toBe(0.5);
    expect(activations.ReLU.slope(0)).toBe(1);
    expect(activations.lineartanh.slope(1)).toBe(1);
    expect(activations.lineartanh.slope(-1)).toBe(1);
    expect(activations.ELU.slope(0)).toBe(1);
  });
});

describe('tanh of chosen slope', () => {
  const of = (activationSlope?: number) => activationOf({ activation: 'tanhwithslope', activationSlope });

  it('is tanh(s a), of slope s at 0', () => {
    expect(of(3).value(0.2)).toBe(Math.tanh(3 * 0.2));
    expect(of(3).slope(0)).toBe(3);
  });

  it('is tanh where no slope is chosen', () => {
    for (const a of [-2, -0.1, 0, 0.7]) {
      expect(of().value(a)).toBe(Math.tanh(a));
      expect(of().slope(a)).toBe(activationOf({ activation: 'tanh' }).slope(a));
    }
  });
});
