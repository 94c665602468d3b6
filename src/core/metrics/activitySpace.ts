/** The space in which a shape metric looks at activity: centred, perhaps reduced, perhaps whitened. */

import { matrixOf, times } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import {
  centerColumns,
  columnMeans,
  componentsForVariance,
  principalComponents,
  project,
} from '../math/linear/principalComponents.ts';
import type { Tensor } from '../math/tensor.ts';
import { partialWhitening } from './partialWhitening.ts';
import { requireFinite, requireVariation } from './requirements.ts';

export type SpaceSettings = {
  /** 1: no whitening, 0: full */
  readonly alpha: number;
  /** keep only the first principal components: so many, or enough for more than a share of the variance */
  readonly reduction: { readonly components: number } | { readonly variance: number } | null;
};

export type ActivitySpace = {
  /** the activity it was fitted to: samples × dimensions */
  readonly fitted: Matrix;
  /** other activity of the same units, under the fitted means, components and whitening */
  place(x: Tensor): Matrix;
};

/** x: samples × units. */
export function activitySpace(x: Tensor, settings: SpaceSettings, metric: string): ActivitySpace {
  requireFinite(x, metric);
  const raw = matrixOf(x);
  requireVariation(raw, metric);
  const lookAt = settings.reduction ? leadingComponents(raw, settings.reduction) : centeredLike(raw);
  const view = lookAt(raw);
  const whitening = partialWhitening(view, settings.alpha);
  const whiten = (m: Matrix) => (whitening ? times(m, whitening) : m);
  return {
    fitted: whiten(view),
    place(other) {
      requireFinite(other, metric);
      return whiten(lookAt(matrixOf(other)));
    },
  };
}

function centeredLike(raw: Matrix): (x: Matrix) => Matrix {
  const means = columnMeans(raw);
  return (x) => centerColumns(x, means);
}

function leadingComponents(raw: Matrix, reduction: NonNullable<SpaceSettings['reduction']>): (x: Matrix) => Matrix {
  const components = principalComponents(raw);
  const count =
    'components' in reduction ? reduction.components : componentsForVariance(components, reduction.variance);
  return (x) => project(x, components, count);
}
