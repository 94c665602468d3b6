import { describe, expect, it } from 'vitest';
import { logFloat32, sineAndCosineFloat32 } from '../../../../../src/core/math/random/float32.ts';

describe('logFloat32', () => {
  it.each([1, 2, 3, 5, 2 ** 12, 0xb504f3, 0xb504f4, 2 ** 23, 2 ** 24 - 1, 2 ** 24])(
    'is right to single precision at %i / 2²⁴',
    (k) => {
      const u = k / 2 ** 24;
      expect(Math.abs(logFloat32(u) - Math.log(u))).toBeLessThanOrEqual(2e-7 * Math.abs(Math.log(u)));
    },
  );
});

describe('sineAndCosineFloat32', () => {
  it('is right to single precision all around the circle', () => {
    for (let a = 0; a <= 6.2831855; a += 0.0137) {
      const angle = Math.fround(a);
      const [sine, cosine] = sineAndCosineFloat32(angle);
      expect(Math.abs(sine - Math.sin(angle))).toBeLessThan(1.2e-7);
      expect(Math.abs(cosine - Math.cos(angle))).toBeLessThan(1.2e-7);
    }
  });
});
