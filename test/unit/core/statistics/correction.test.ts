import { describe, expect, it } from 'vitest';
import { corrected } from '../../../../src/core/statistics/correction.ts';

describe('the correction for several comparisons', () => {
  it('gives the known values of R’s p.adjust', () => {
    const ps = [0.01, 0.02, 0.03, 0.04, 0.05];
    expect(corrected(ps, 'holm')).toEqual([0.05, 0.08, 0.09, 0.09, 0.09].map((p) => expect.closeTo(p, 12)));
    expect(corrected(ps, 'bh')).toEqual([0.05, 0.05, 0.05, 0.05, 0.05].map((p) => expect.closeTo(p, 12)));
    const others = [0.3, 0.001, 0.04];
    expect(corrected(others, 'holm')).toEqual([0.3, 0.003, 0.08].map((p) => expect.closeTo(p, 12)));
    expect(corrected(others, 'bh')).toEqual([0.3, 0.003, 0.06].map((p) => expect.closeTo(p, 12)));
  });

  it('leaves a single p alone, never exceeds 1, and keeps what was not tested out of the count', () => {
    expect(corrected([0.03], 'holm')).toEqual([0.03]);
    expect(corrected([0.6, 0.7], 'holm')).toEqual([1, 1]);
    expect(corrected([null, 0.02, 0.5], 'bh')).toEqual([null, 0.04, 0.5]);
  });
});
