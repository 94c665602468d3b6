/** The space in which a metric looks at activity: centred, perhaps reduced, perhaps whitened. */

import type { LinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { times } from '../math/linear/matrix.ts';
import type { Matrix } from '../math/linear/matrix.ts';
import {
  centerColumns,
  columnMeans,
  componentsForVariance,
  principalComponents,
  project,
} from '../math/linear/principalComponents.ts';
import { float64, sizeOf } from '../math/tensor.ts';
import type { Tensor } from '../math/tensor.ts';
import type { TaskSettings } from '../tasks/settings.ts';
import { partialWhitening } from './partialWhitening.ts';
import { requireFinite, requireVariation } from './requirements.ts';

/** What a metric that works on principal components lets its user choose. Each set has components of its own. */
export const reductionSettings = {
  reduce: {
    kind: 'choice',
    label: 'Dimensions',
    hint: 'Compare all units, or only the leading principal components of each set.',
    options: [
      { id: 'none', label: 'all units' },
      { id: 'components', label: 'a number of principal components' },
      { id: 'variance', label: 'principal components for a share of the variance' },
    ],
    default: 'none',
  },
  components: {
    kind: 'number',
    label: 'Principal components',
    hint: 'So many, or all there are.',
    where: { name: 'reduce', is: 'components' },
    whole: true,
    least: 1,
    most: 10_000,
    default: 20,
  },
  variance: {
    kind: 'number',
    label: 'Share of the variance',
    hint: 'The fewest components that hold more than that.',
    where: { name: 'reduce', is: 'variance' },
    least: 0,
    most: 1,
    default: 0.9,
  },
} as const satisfies TaskSettings;

export type ReductionSettings = {
  readonly reduce: 'none' | 'components' | 'variance';
  readonly components: number;
  readonly variance: number;
};

export type SpaceSettings = ReductionSettings & {
  /** 1: no whitening, 0: full */
  readonly alpha: number;
};

export type ActivitySpace = {
  /** the activity it was fitted to: samples × dimensions */
  readonly fitted: Matrix;
  /** other activity of the same units, under the fitted means, components and whitening */
  place(x: Tensor): Matrix;
};

export function activitySpace(
  x: Tensor,
  settings: SpaceSettings,
  metric: string,
  linear?: LinearAlgebra,
): ActivitySpace {
  requireFinite(x, metric);
  const raw = matrixView(x);
  requireVariation(raw, metric);
  const lookAt = settings.reduce === 'none' ? centeredLike(raw) : leadingComponents(raw, settings, linear);
  const view = lookAt(raw);
  const whitening = partialWhitening(view, settings.alpha, linear);
  const whiten = (m: Matrix) => (whitening ? times(m, whitening) : m);
  return {
    fitted: whiten(view),
    place(other) {
      requireFinite(other, metric);
      return whiten(lookAt(matrixView(other)));
    },
  };
}

/** Without a copy where there need be none: what follows only reads. */
function matrixView(x: Tensor): Matrix {
  return { rows: sizeOf(x.shape.slice(0, -1)), cols: x.shape.at(-1)!, data: float64(x).data };
}

function centeredLike(raw: Matrix): (x: Matrix) => Matrix {
  const means = columnMeans(raw);
  return (x) => centerColumns(x, means);
}

function leadingComponents(
  raw: Matrix,
  { reduce, components: asked, variance }: ReductionSettings,
  linear?: LinearAlgebra,
): (x: Matrix) => Matrix {
  const components = principalComponents(raw, linear);
  const count = reduce === 'components' ? asked : componentsForVariance(components, variance);
  return (x) => project(x, components, count);
}
