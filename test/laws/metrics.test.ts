/** What every registered metric promises, whatever it measures; for those that compare see comparisons.test.ts. */
import { describe, expect, it } from 'vitest';
import { times } from '../../src/core/math/linear/matrix.ts';
import type { Matrix } from '../../src/core/math/linear/matrix.ts';
import { tensor } from '../../src/core/math/tensor.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { randomMatrix, randomRotation, tensorOf } from '../support/matrices.ts';

const seeds = [1, 2, 3, 4, 5];
const [samples, units] = [40, 6];
const activity = (seed: number, n = units): Matrix => randomMatrix(samples, n, seed);
const shifted = (x: Matrix): Matrix => ({ ...x, data: x.data.map((v, i) => v + (i % x.cols)) });
const scaled = (x: Matrix): Matrix => ({ ...x, data: x.data.map((v) => 7 * v) });
const turned = (x: Matrix, seed: number): Matrix => times(x, randomRotation(x.cols, seed));

describe.each(metrics.all)('$id', (metric) => {
  it('has a complete card and a unique id', () => {
    expect(metrics.get(metric.id)).toBe(metric);
    expect(metrics.all.filter((m) => m.id === metric.id)).toHaveLength(1);
    for (const text of [metric.label, metric.meaning, metric.source]) expect(text).not.toBe('');
    expect(metric.range[0]).toBeLessThan(metric.range[1]);
  });

  if (metric.kind === 'activity') {
    it.each(seeds)('is within its range and ignores rotation, offset and scale (seed %i)', (seed) => {
      const x = activity(seed);
      const value = metric.measure(tensorOf(x));
      expect(value).toBeGreaterThanOrEqual(metric.range[0]);
      expect(value).toBeLessThanOrEqual(Math.min(metric.range[1], units));
      for (const moved of [turned(x, seed), shifted(x), scaled(x)]) {
        expect(metric.measure(tensorOf(moved))).toBeCloseTo(value, 10);
      }
    });
  }

  if (metric.kind === 'performance') {
    it.each(seeds)('is best for a perfect readout and does not see what the mask leaves out (seed %i)', (seed) => {
      const choices = metric.loss === 'cross-entropy';
      const shape = [4, 10, units];
      const aims = activity(seed).data;
      const target = choices
        ? tensor(
            [4, 10],
            Float64Array.from({ length: 40 }, (_, i) => Math.floor(1e3 * Math.abs(aims[i])) % units),
          )
        : tensor(shape, aims);
      const mask = tensor(
        target.shape,
        Float64Array.from(target.data, (_, i) => (i % 7 === 0 ? 0 : 1)),
      );
      const readout = tensor(shape, activity(seed + 100).data);
      const perEntry = choices ? units : 1;
      const changed = tensor(
        shape,
        readout.data.map((v, i) => (mask.data[Math.floor(i / perEntry)] === 0 ? 1e6 : v)),
      );
      const certain = readout.data.map((_, i) => (target.data[Math.floor(i / units)] === i % units ? 1000 : 0));
      const [best, other] = [choices ? tensor(shape, certain) : target, readout].map((y) =>
        metric.score(y, target, mask),
      );
      expect(best).toBe(metric.better === 'lower' ? metric.range[0] : metric.range[1]);
      if (metric.better === 'lower') expect(other).toBeGreaterThan(best);
      else expect(other).toBeLessThan(best);
      expect(metric.accuracy.from(best)).toBe(1);
      expect(metric.accuracy.from(best)).toBeGreaterThan(metric.accuracy.from(other));
      expect(metric.score(changed, target, mask)).toBe(other);
    });
  }
});

describe('the list of metrics', () => {
  it('names the metrics there are when asked for another', () => {
    expect(() => metrics.get('nearest')).toThrow(expect.objectContaining({ code: 'metric.unknown' }));
    expect(() => metrics.get('nearest')).toThrow(/"procrustes".*found "nearest"/);
  });
});
