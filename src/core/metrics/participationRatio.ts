/**
 * Effective number of dimensions of a set of activity.
 *
 *   PR = (Σ λᵢ)² / Σ λᵢ² = tr(C)² / ‖C‖²        C: covariance of the units, λ its eigenvalues
 *
 * 1 when all units move together, the number of units when all directions vary alike. The scale of C cancels, so
 * C = XᵀX of the centred activity, or XXᵀ where there are fewer samples than units: the λ above 0 are the same.
 *
 * Source: Gao et al. 2017, bioRxiv 214262.
 */
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { frobeniusNorm, matrixOf, transpose } from '../math/linear/matrix.ts';
import { centerColumns } from '../math/linear/principalComponents.ts';
import type { ActivityMetric } from './metric.ts';
import { requireFinite, requireVariation } from './requirements.ts';

const label = 'Participation ratio';

export const participationRatio: ActivityMetric = {
  kind: 'activity',
  id: 'participationRatio',
  label,
  unit: 'dimensions',
  range: [1, Infinity],
  better: 'neither',
  meaning:
    'Effective number of dimensions of the activity: 1 when all units move together, more when the variance spreads over directions. Ignores rotation, offset and overall scale.',
  source: 'Gao et al. 2017, bioRxiv 214262',
  measure(x, linear = portableLinearAlgebra) {
    requireFinite(x, label);
    const raw = matrixOf(x);
    requireVariation(raw, label);
    const centered = centerColumns(raw);
    const narrow = raw.rows < raw.cols ? transpose(centered) : centered;
    const spread = frobeniusNorm(centered) ** 2; // tr(XᵀX)
    return (spread / frobeniusNorm(linear.transposeTimes(narrow, narrow))) ** 2;
  },
};
