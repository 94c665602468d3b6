import { describe, expect, it } from 'vitest';
import { normalizedError } from '../../../../src/core/metrics/normalizedError.ts';
import { tensor } from '../../../../src/core/math/tensor.ts';

/** one trial, one output */
const signal = (...values: number[]) => tensor([1, values.length, 1], Float64Array.from(values));
const all = signal(1, 1, 1);

describe('normalised error', () => {
  it('is 0 for a perfect readout and 1 for the mean of the target', () => {
    expect(normalizedError.score(signal(1, 2, 3), signal(1, 2, 3), all)).toBe(0);
    expect(normalizedError.score(signal(2, 2, 2), signal(1, 2, 3), all)).toBe(1);
  });

  it('ignores what the mask leaves out, in the errors and in the mean', () => {
    expect(normalizedError.score(signal(1, 3, 99), signal(1, 3, -50), signal(1, 1, 0))).toBe(0);
    expect(normalizedError.score(signal(2, 2, 99), signal(1, 3, -50), signal(1, 1, 0))).toBe(1);
  });

  it('averages over outputs', () => {
    const [readout, target] = [Float64Array.of(1, 2, 3, 2), Float64Array.of(1, 1, 3, 3)];
    const shape = [1, 2, 2];
    const mask = tensor(shape, new Float64Array(4).fill(1));
    expect(normalizedError.score(tensor(shape, readout), tensor(shape, target), mask)).toBe(0.5);
  });

  it('does not divide where the target is constant, even one that float64 cannot hold', () => {
    expect(normalizedError.score(signal(1.1, 0.1, 0.1), signal(0.1, 0.1, 0.1), all)).toBeCloseTo(1, 14);
  });

  it('refuses other shapes, readouts that are not finite, and masks that count nothing', () => {
    const code = (c: string): unknown => expect.objectContaining({ code: c });
    expect(() => normalizedError.score(signal(1, 2), signal(1, 2, 3), all)).toThrow(code('metric.shape'));
    expect(() => normalizedError.score(signal(1, Infinity, 3), signal(1, 2, 3), all)).toThrow(code('metric.notFinite'));
    expect(() => normalizedError.score(all, signal(1, 2, 3), signal(0, 0, 0))).toThrow(code('metric.nothingCounted'));
  });
});
