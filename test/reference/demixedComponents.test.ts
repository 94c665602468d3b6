/**
 * Demixed PCA against the published pipeline. Its "explained variance" is the variance of what the decoder reads out,
 * ‖z‖² / ‖X‖²; ours, through the encoder, is held to its own laws in the unit test.
 */
import { expect, it } from 'vitest';
import { samplesByNeurons } from '../../src/core/analysis/activityMatrix.ts';
import { demixedComponents, type DemixedComponents } from '../../src/core/analysis/demixedComponents.ts';
import { centerColumns } from '../../src/core/math/linear/principalComponents.ts';
import { matrixOf } from '../../src/core/math/linear/matrix.ts';
import type { Tensor } from '../../src/core/math/tensor.ts';
import { hatsopoulosDataset, referenceArrays } from '../support/reachReference.ts';
import { describeReference, fromJson, referenceJson, type JsonArray } from '../support/reference.ts';

type Known = {
  explained_variance_ratio: Record<Short, { values: number[]; sensitivity: number }>;
  marginalised_variance_fraction: Record<Short, number>;
  first_component_signed_so_that_the_largest_value_is_positive_every_10th_step?: Record<Short, JsonArray>;
};
type Short = 't' | 'c' | 'tc';
const short = { time: 't', condition: 'c', interaction: 'tc' } as const;

/** activity: units × steps × conditions */
function check(activity: Tensor, known: Known): void {
  const conditions = activity.shape[2];
  const samples = samplesByNeurons(activity);
  const whole = centerColumns(matrixOf(samples)).data.reduce((sum, v) => sum + v * v, 0);
  for (const found of demixedComponents(samples, conditions, 5)) {
    const name = short[found.marginalisation];
    const { values, sensitivity } = known.explained_variance_ratio[name];
    expect(found.encoder.rows).toBeGreaterThanOrEqual(values.length);
    values.forEach((value, k) => {
      expect(Math.abs(decoded(found, k) / whole - value)).toBeLessThan(1e-8 + 10 * sensitivity);
    });
    expect(Math.abs(found.share - known.marginalised_variance_fraction[name])).toBeLessThan(1e-8);
    const first = known.first_component_signed_so_that_the_largest_value_is_positive_every_10th_step?.[name];
    if (first) expect(largestRelativeGap(found, fromJson(first), activity.shape[1])).toBeLessThan(1e-8);
  }
}

function decoded({ components: { cols, data } }: DemixedComponents, k: number): number {
  return data.subarray(k * cols, (k + 1) * cols).reduce((sum, v) => sum + v * v, 0);
}

/** known: every 10th step × conditions, signed so that the largest value is positive */
function largestRelativeGap({ components: { cols, data } }: DemixedComponents, known: Tensor, steps: number): number {
  const first = data.subarray(0, cols);
  const peak = first.reduce((best, v) => (Math.abs(v) > Math.abs(best) ? v : best), 0);
  const conditions = known.shape[1];
  return Math.max(
    ...Array.from(known.data, (value: number, i) => {
      const at = 10 * Math.floor(i / conditions) + steps * (i % conditions);
      return Math.abs((first[at] * Math.sign(peak) - value) / peak);
    }),
  );
}

describeReference('demixed components against the published pipeline', () => {
  it('of random activity', () => {
    const { cases } = referenceJson<{ cases: { X: JsonArray; result: Known }[] }>(
      'fixtures',
      'metrics',
      'dpca_random.json',
    );
    expect(cases.length).toBe(3);
    for (const { X, result } of cases) check(fromJson(X), result);
  });

  it('of the recording and of a trained network', () => {
    const known = referenceJson<Record<'neural' | 'lm0_update1000', Known>>(
      'fixtures',
      'metrics',
      'hats_real_dpca.json',
    );
    check(hatsopoulosDataset().activity, known.neural);
    check(referenceArrays('fixtures', 'metrics', 'hats_real_activity.npz')['X_lm0_update1000'], known.lm0_update1000);
  });
});
