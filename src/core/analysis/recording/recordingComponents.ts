/** Principal components of a recording: how much each holds, and its course in every condition. */
import type { Tensor } from '../../math/tensor.ts';
import type { LinearAlgebra } from '../../math/linear/linearAlgebra.ts';
import { matrixOf } from '../../math/linear/matrix.ts';
import { principalComponents, project } from '../../math/linear/principalComponents.ts';
import { requireFinite, requireVariation } from '../../metrics/requirements.ts';
import { samplesByNeurons } from '../activityMatrix.ts';

export type RecordingComponents = {
  /** of the variance, of all components, descending */
  readonly shares: readonly number[];
  /** how many of them hold 90 % of the variance */
  readonly ninety: number;
  /** (Σ variances)² / Σ variances² */
  readonly participationRatio: number;
  /** components, as many as are kept × samples; sample = step + steps × condition */
  readonly scores: readonly (readonly number[])[];
};

/** Components whose courses are kept. */
export const keptComponents = 6;

/** activity: neurons × steps × conditions. Throws LabError `metric.*` where nothing varies. */
export function recordingComponents(activity: Tensor, linear?: LinearAlgebra): RecordingComponents {
  const samples = samplesByNeurons(activity);
  requireFinite(samples, 'principal components');
  const x = matrixOf(samples);
  requireVariation(x, 'principal components');
  const components = principalComponents(x, linear);
  const whole = components.variances.reduce((sum, v) => sum + v, 0);
  const shares = Array.from(components.variances, (v) => v / whole);
  const { rows, cols, data } = project(x, components, keptComponents);
  let held = 0;
  const ninety = 1 + shares.findIndex((share) => (held += share) >= 0.9 - 1e-12);
  return {
    shares,
    ninety,
    participationRatio: 1 / shares.reduce((sum, share) => sum + share ** 2, 0),
    scores: Array.from({ length: cols }, (_, k) => Array.from({ length: rows }, (_, i) => data[i * cols + k])),
  };
}
