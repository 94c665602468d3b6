/**
 * What the neurons tell of a condition before the movement, as inputs of a network.
 *
 *   P = mean activity in the window     neurons × conditions, minus its mean over conditions
 *   Pᵀ P = U Λ Uᵀ                       conditions × conditions, variances descending
 *   scores = U Λ^½                      those of principal component analysis, conditions × components
 *
 * divided by the largest of them, so that inputs lie within ±1 and keep their proportions. The entry of a component that is
 * largest in size is positive, for its sign is arbitrary.
 */
import type { Dataset } from '../data/dataset.ts';
import { transposeTimes, zeroMatrix } from '../math/linear/matrix.ts';
import { symmetricEigen } from '../math/linear/symmetricEigen.ts';

/** One row per condition. steps: of the dataset, in which the plan is taken. Null where all conditions are planned alike. */
export function planInputs(
  { activity }: Pick<Dataset, 'activity'>,
  steps: readonly number[],
  components: number,
): number[][] | null {
  const [neurons, count, conditions] = activity.shape as [number, number, number];
  const plan = zeroMatrix(neurons, conditions);
  let size = 0;
  for (let n = 0; n < neurons; n++) {
    const row = plan.data.subarray(n * conditions, (n + 1) * conditions);
    for (const t of steps) {
      for (let c = 0; c < conditions; c++) row[c] += activity.data[(n * count + t) * conditions + c] / steps.length;
    }
    const mean = row.reduce((sum, v) => sum + v, 0) / conditions;
    for (let c = 0; c < conditions; c++) {
      size = Math.max(size, Math.abs(row[c]));
      row[c] -= mean;
    }
  }
  const { values, vectors } = symmetricEigen(transposeTimes(plan, plan));
  const scores = Array.from({ length: components }, (_, k) => {
    const axis = vectors.data.subarray(k * conditions, (k + 1) * conditions);
    const length = Math.sqrt(Math.max(0, values[k]));
    const sign = axis.reduce((far, v) => (Math.abs(v) > Math.abs(far) ? v : far), 0) < 0 ? -1 : 1;
    return Array.from(axis, (v) => sign * length * v);
  });
  const largest = Math.max(...scores.flat().map(Math.abs));
  if (!(largest > 1e-9 * size)) return null;
  return Array.from({ length: conditions }, (_, c) => scores.map((score) => score[c] / largest));
}
