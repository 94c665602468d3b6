import { describe, expect, it } from 'vitest';
import { cellTypeMeans, effectiveWeights } from '../../../../src/core/models/effectiveWeights.ts';
import { plainWiring, type Wiring } from '../../../../src/core/models/wiring.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { drawNetwork } from '../../../../src/core/rules/drawNetwork.ts';
import { epropAdaptive } from '../../../../src/core/rules/epropAdaptive.ts';
import { feedbackAlignment } from '../../../../src/core/rules/feedbackAlignment.ts';
import { modProp } from '../../../../src/core/rules/modProp.ts';
import { recurrentFeedbackAlignment } from '../../../../src/core/rules/recurrentFeedbackAlignment.ts';
import type { LearningRule } from '../../../../src/core/rules/rule.ts';

const shape = { units: 400, inputs: 3, outputs: 5 };
const plain = { activation: 'retanh', initialGain: 1, readoutGain: 1, dale: false, density: 1 } as const;
const drawWiring = (rule: LearningRule, seed: number): Wiring => drawNetwork(rule, shape, plain, seed).wiring;

describe('drawNetwork', () => {
  it('gives feedback weights uniform in ±1/√N, another set for every seed', () => {
    const { Bout, ...rest } = drawWiring(feedbackAlignment, 1);
    expect(Bout!.shape).toEqual([5, 400]);
    expect(rest).toEqual({ mask: null, Brec: null, cellTypes: null });
    const sizes = Array.from(Bout!.data, Math.abs);
    expect(Math.max(...sizes)).toBeLessThan(0.05);
    expect(sizes.reduce((sum, b) => sum + b, 0) / sizes.length).toBeCloseTo(0.025, 3);
    expect(drawWiring(feedbackAlignment, 1).Bout).toEqual(Bout);
    expect(drawWiring(feedbackAlignment, 2).Bout).not.toEqual(Bout);
  });

  it('gives recurrent feedback of the size of the weights that it stands for, drawn apart from them', () => {
    const { parameters, wiring } = drawNetwork(recurrentFeedbackAlignment, shape, { ...plain, initialGain: 0.5 }, 1);
    const deviation = (t: { data: ArrayLike<number> }): number =>
      Math.sqrt(Array.from(t.data).reduce((sum, v) => sum + v * v, 0) / t.data.length);
    expect(wiring.Brec!.shape).toEqual([400, 400]);
    expect(deviation(wiring.Brec!) / deviation(parameters.Wrec)).toBeCloseTo(1, 2);
    const product = Array.from(wiring.Brec!.data).reduce((sum, v, k) => sum + v * parameters.Wrec.data[k], 0);
    expect(Math.abs(product) / (deviation(wiring.Brec!) * deviation(parameters.Wrec) * 400)).toBeLessThan(4);
    expect(wiring.Bout).toEqual(drawWiring(feedbackAlignment, 1).Bout);
    expect(drawWiring(epropAdaptive, 1)).toEqual(drawWiring(feedbackAlignment, 1));
  });

  it('gives nothing to a rule that needs nothing', () => {
    expect(drawWiring(bptt, 1)).toEqual(plainWiring);
  });

  it('leaves out connections, more weight to the others, and draws the same ones for the same seed', () => {
    const all = drawNetwork(bptt, shape, plain, 1).parameters.Wrec.data;
    const { parameters, wiring } = drawNetwork(bptt, shape, { ...plain, density: 0.25 }, 1);
    const mask = wiring.mask!.data;
    const there = mask.filter((m) => m === 1).length;
    expect(there + mask.filter((m) => m === 0).length).toBe(mask.length);
    expect(there / mask.length).toBeCloseTo(0.25, 2);
    expect(parameters.Wrec.data[7]).toBeCloseTo(2 * all[7], 6);
    expect(drawNetwork(bptt, shape, { ...plain, density: 0.25 }, 1).wiring).toEqual(wiring);
    expect(drawNetwork(bptt, shape, { ...plain, density: 0.25 }, 2).wiring).not.toEqual(wiring);
  });

  it('makes four fifths of the units excite and the others inhibit, none itself', () => {
    const model = { ...plain, dale: true };
    const { parameters, wiring } = drawNetwork(bptt, shape, model, 1);
    const W = effectiveWeights(model, wiring, parameters.Wrec.data);
    W.forEach((w, k) => {
      const [target, source] = [Math.floor(k / 400), k % 400];
      if (target === source) expect(w).toBe(0);
      else expect(Math.sign(w)).toBe(source < 320 ? 1 : -1);
    });
    const rows = Array.from({ length: 400 }, (_, i) => W.slice(i * 400, (i + 1) * 400).reduce((sum, w) => sum + w, 0));
    expect(Math.abs(rows.reduce((sum, r) => sum + r, 0) / 400)).toBeLessThan(1); // excitation and inhibition balance
  });

  describe('with rectified linear units under Dale’s law', () => {
    const model = { ...plain, dale: true, activation: 'ReLU' } as const;

    it('connects cell types by chance, so that each unit’s weights add up to 1 in size', () => {
      const { parameters, wiring } = drawNetwork(modProp, shape, model, 1);
      expect(wiring.cellTypes).toHaveLength(16);
      const W = Float64Array.from(parameters.Wrec.data);
      for (const i of [0, 100, 399]) {
        expect(W.slice(i * 400, (i + 1) * 400).reduce((sum, w) => sum + Math.abs(w), 0)).toBeCloseTo(1, 6);
      }
      const share = W.filter((w) => w === 0).length / W.length; // of 256 blocks, a half on average
      expect(Math.abs(share - 0.5)).toBeLessThan(0.2);
    });

    it('starts feedback through cell types from older weights as published, from the actual ones when corrected', () => {
      const published = drawNetwork(modProp, shape, model, 1, 'published');
      const corrected = drawNetwork(modProp, shape, model, 1, 'corrected');
      expect(corrected.parameters).toEqual(published.parameters);
      const W = effectiveWeights(model, corrected.wiring, corrected.parameters.Wrec.data);
      const means = cellTypeMeans(W, corrected.wiring.cellTypes!);
      expect([...corrected.wiring.Brec!.data]).toEqual([...means]);
      expect(published.wiring.Brec).not.toEqual(corrected.wiring.Brec);
    });

    it('connects cell types for every rule as published, for ModProp alone when corrected', () => {
      const zeros = (conventions: 'published' | 'corrected'): number =>
        drawNetwork(bptt, shape, model, 1, conventions).parameters.Wrec.data.filter((w) => w === 0).length;
      expect(zeros('published')).toBeGreaterThan(0.3 * 400 * 400);
      expect(zeros('corrected')).toBe(0);
    });

    it('says how many units cell types need', () => {
      expect(() => drawNetwork(bptt, { ...shape, units: 30 }, model, 1)).toThrow(
        expect.objectContaining({ code: 'model.cellTypes', message: expect.stringContaining('40 units') }),
      );
    });
  });
});
