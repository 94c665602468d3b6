import { describe, expect, it } from 'vitest';
import { plainWiring } from '../../../../src/core/models/wiring.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { drawWiring } from '../../../../src/core/rules/drawWiring.ts';
import { feedbackAlignment } from '../../../../src/core/rules/feedbackAlignment.ts';
import { modProp } from '../../../../src/core/rules/modProp.ts';

const shape = { units: 400, outputs: 5 };

describe('drawWiring', () => {
  it('gives feedback weights uniform in ±1/√N, another set for every seed', () => {
    const { Bout, ...rest } = drawWiring(feedbackAlignment, shape, 1);
    expect(Bout!.shape).toEqual([5, 400]);
    expect(rest).toEqual({ mask: null, Brec: null, cellTypes: null });
    const sizes = Array.from(Bout!.data, Math.abs);
    expect(Math.max(...sizes)).toBeLessThan(0.05);
    expect(sizes.reduce((sum, b) => sum + b, 0) / sizes.length).toBeCloseTo(0.025, 3);
    expect(drawWiring(feedbackAlignment, shape, 1).Bout).toEqual(Bout);
    expect(drawWiring(feedbackAlignment, shape, 2).Bout).not.toEqual(Bout);
  });

  it('gives nothing to a rule that needs nothing', () => {
    expect(drawWiring(bptt, shape, 1)).toEqual(plainWiring);
  });

  it('refuses a rule that needs cell types, with the reason', () => {
    expect(() => drawWiring(modProp, shape, 1)).toThrow(
      expect.objectContaining({ code: 'rule.wiring', message: expect.stringContaining("Dale's law") }),
    );
  });
});
