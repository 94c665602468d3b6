/** Every comparison, once with the addon's linear algebra and once with the portable one. */
import { expect, it } from 'vitest';
import { tensor } from '../../src/core/math/tensor.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { nativeLinearAlgebra } from '../../src/platform/engines/nativeLinear.ts';
import { lowRankMatrix, randomMatrix } from '../support/matrices.ts';
import { describeNative, nativeAddon } from '../support/nativeEngine.ts';

describeNative("comparisons by the addon's linear algebra", () => {
  it.each(metrics.comparisons.map((metric) => [metric.id, metric] as const))('%s is the same number', (_, metric) => {
    const [x, y] = [randomMatrix(120, 12, 1), lowRankMatrix(120, 9, 4, 2)].map(({ cols, data }) =>
      tensor([6, 20, cols], data),
    );
    const native = metric.compare(x, y, metric.defaults, nativeLinearAlgebra(nativeAddon()));
    expect(Math.abs(native - metric.compare(x, y))).toBeLessThan(1e-10);
  });
});
