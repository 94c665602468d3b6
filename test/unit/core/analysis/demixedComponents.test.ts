import { describe, expect, it } from 'vitest';
import { demixedComponents } from '../../../../src/core/analysis/demixedComponents.ts';
import { matrixOf, times, transpose, type Matrix } from '../../../../src/core/math/linear/matrix.ts';
import { centerColumns } from '../../../../src/core/math/linear/principalComponents.ts';
import { tensor, zeros, type Tensor } from '../../../../src/core/math/tensor.ts';
import { randomMatrix, randomRotation, tensorOf } from '../../../support/matrices.ts';
import { largestDifference } from '../../../support/reference.ts';

const [steps, conditions] = [20, 6];

/** samples × units: each kind of course along a direction of its own */
function planted(units: number, seed: number): { x: Tensor<Float64Array>; courses: Matrix } {
  const courses = randomMatrix(3, steps * conditions, seed);
  for (let s = 0; s < steps * conditions; s++) {
    const [t, c] = [s % steps, Math.floor(s / steps)];
    courses.data[s] = 3 * Math.cos((2 * Math.PI * (t + 0.5)) / steps);
    courses.data[steps * conditions + s] = 2 * Math.cos((2 * Math.PI * c) / conditions);
    courses.data[2 * steps * conditions + s] =
      Math.sin((2 * Math.PI * c) / conditions) * Math.sin((2 * Math.PI * (t + 0.5)) / steps);
  }
  const directions = { rows: 3, cols: units, data: randomMatrix(3, units, seed + 1).data };
  return { x: tensorOf(times(transpose(courses), directions)), courses };
}

describe('demixed components', () => {
  it('finds courses of time, condition and their interaction that were mixed along skew directions', () => {
    const { x, courses } = planted(10, 3);
    demixedComponents(x, conditions, 3).forEach(({ components }, kind) => {
      const n = components.cols;
      const [z, known] = [components.data.subarray(0, n), courses.data.subarray(kind * n, (kind + 1) * n)];
      const scale = known.reduce((sum, v, i) => sum + v * z[i], 0) / known.reduce((sum, v) => sum + v * v, 0);
      expect(
        largestDifference(
          z,
          known.map((v) => v * scale),
        ),
      ).toBeLessThan(1e-12 * Math.abs(scale));
    });
  });

  it('shares out the whole variance, and explains no more than there is', () => {
    const x = tensorOf(randomMatrix(steps * conditions, 9, 5));
    const found = demixedComponents(x, conditions, 20);
    expect(found.reduce((sum, f) => sum + f.share, 0)).toBeCloseTo(1, 12);
    expect(found.map((f) => f.encoder.rows)).toEqual([9, 5, 9]);
    const whole = centerColumns(matrixOf(x)).data.reduce((sum, v) => sum + v * v, 0);
    for (const { explained, components } of found) {
      expect(explained.reduce((sum, e) => sum + e, 0)).toBeLessThan(1);
      explained.forEach((value, k) => {
        const read = components.data.subarray(k * components.cols, (k + 1) * components.cols);
        expect(value).toBeGreaterThan(read.reduce((sum, v) => sum + v * v, 0) / whole);
      });
    }
  });

  it('explains what taking the decoded component, put back by its encoder, off the activity takes off its variance', () => {
    const x = randomMatrix(steps * conditions, 7, 8);
    const centered = centerColumns(x);
    const whole = centered.data.reduce((sum, v) => sum + v * v, 0);
    for (const { encoder, components, explained } of demixedComponents(tensorOf(x), conditions, 2)) {
      explained.forEach((value, k) => {
        const left = centered.data.reduce((sum, v, at) => {
          const [s, i] = [Math.floor(at / 7), at % 7];
          return sum + (v - components.data[k * components.cols + s] * encoder.data[k * 7 + i]) ** 2;
        }, 0);
        expect(value).toBeCloseTo(1 - left / whole, 12);
      });
    }
  });

  it('does not change when the units are rotated, and ignores silent units and copies', () => {
    const x = randomMatrix(steps * conditions, 8, 2);
    const known = demixedComponents(tensorOf(x), conditions, 3);
    const turned = demixedComponents(tensorOf(times(x, randomRotation(8, 9))), conditions, 3);
    const wider = tensor(
      [steps * conditions, 9],
      Float64Array.from({ length: steps * conditions * 9 }, (_, k) =>
        k % 9 < 8 ? x.data[Math.floor(k / 9) * 8 + (k % 9)] : 4,
      ),
    );
    const padded = demixedComponents(wider, conditions, 3);
    known.forEach((one, i) => {
      expect(largestDifference(turned[i].explained, one.explained)).toBeLessThan(1e-12);
      expect(largestDifference(padded[i].explained, one.explained)).toBeLessThan(1e-12);
    });
  });

  it('takes fewer samples than units, where nothing is left over', () => {
    const x = randomMatrix(12, 30, 4);
    const found = demixedComponents(tensorOf(x), 3, 50);
    expect(found.map((f) => f.encoder.rows)).toEqual([3, 2, 6]);
    expect(found.reduce((sum, f) => sum + f.explained.reduce((a, b) => a + b, 0), 0)).toBeCloseTo(1, 10);
  });

  it('refuses one condition, one step, samples that do not divide, and activity that does not vary', () => {
    const x = tensorOf(randomMatrix(12, 3, 1));
    expect(() => demixedComponents(x, 1, 2)).toThrow('at least 2 conditions');
    expect(() => demixedComponents(x, 12, 2)).toThrow('at least 2 conditions of at least 2 time steps');
    expect(() => demixedComponents(x, 5, 2)).toThrow('found 12 samples in 5');
    expect(() => demixedComponents(zeros([12, 3]), 3, 2)).toThrow('expected activity that varies');
  });
});
