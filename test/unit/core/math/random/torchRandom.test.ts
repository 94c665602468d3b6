import { describe, expect, it } from 'vitest';
import { TorchRandom } from '../../../../../src/core/math/random/torchRandom.ts';

const rounded = (x: Float32Array): number[] => Array.from(x, (v) => Number(v.toFixed(4)));

describe('TorchRandom', () => {
  it('draws what torch.manual_seed(0); torch.rand(3) prints', () => {
    expect(rounded(TorchRandom.seeded(0).uniform(3))).toEqual([0.4963, 0.7682, 0.0885]);
  });

  it('draws what torch.randn(3) prints after seeds 0 and 42', () => {
    expect(rounded(TorchRandom.seeded(0).randn(3))).toEqual([1.541, -0.2934, -2.1788]);
    expect(rounded(TorchRandom.seeded(42).randn(3))).toEqual([0.3367, 0.1288, 0.2345]);
  });

  it('redraws the last 16 values when the count is no multiple of 16', () => {
    const whole = TorchRandom.seeded(5).randn(32);
    const ragged = TorchRandom.seeded(5).randn(37);
    expect(ragged.subarray(0, 16)).toEqual(whole.subarray(0, 16));
    expect(ragged.subarray(21)).not.toEqual(TorchRandom.seeded(5).randn(48).subarray(21, 37));
    const next = TorchRandom.seeded(5);
    next.uniform(37);
    expect(ragged.subarray(21)).toEqual(next.randn(16));
  });

  it.each([15, 16, 1000])('has mean 0 and variance 1 (%i values at a time)', (count) => {
    const random = TorchRandom.seeded(9);
    const values = Array.from({ length: Math.ceil(20_000 / count) }, () => [...random.randn(count)]).flat();
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('scales uniforms to their range', () => {
    const values = TorchRandom.seeded(2).uniform(10_000, -0.5, 0.25);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.5);
    expect(Math.max(...values)).toBeLessThan(0.25);
    expect(Math.min(...values)).toBeLessThan(-0.49);
    expect(Math.max(...values)).toBeGreaterThan(0.24);
  });

  it('goes on from a saved state, the spare normal included', () => {
    const random = TorchRandom.seeded(11);
    random.randn(3);
    const copy = TorchRandom.from(random.state());
    expect(random.state().spareNormal).not.toBeNull();
    expect(copy.randn(5)).toEqual(random.randn(5));
    expect(copy.randn(50)).toEqual(random.randn(50));
  });
});
