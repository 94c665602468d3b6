/** Activity of both sets divided into folds of conditions: condition c belongs to fold c mod folds. */
import type { Matrix } from '../math/linear/matrix.ts';
import type { Tensor } from '../math/tensor.ts';
import { conditionsWhere, requireConditions, samplesOf } from './conditions.ts';
import { requireFinite, requireSameSamples, requireVariation } from './requirements.ts';

/** The same samples of both sets, samples × units each. */
export type Samples = { readonly x: Matrix; readonly y: Matrix };

/** As many folds as are asked for and there are conditions; throws LabError where there are fewer than `least` conditions. */
export function foldsOf(x: Tensor, y: Tensor, asked: number, least: number, metric: string): Samples[] {
  requireSameSamples(x, y, metric);
  for (const t of [x, y]) {
    requireFinite(t, metric);
    requireVariation(samplesOf(t), metric);
    requireConditions(t, metric, { conditions: least, steps: 1 });
  }
  const count = Math.min(asked, x.shape[0]);
  return Array.from({ length: count }, (_, fold) => {
    const [a, b] = [x, y].map((t) => samplesOf(conditionsWhere(t, (c) => c % count === fold)));
    return { x: a, y: b };
  });
}

export function joined(folds: readonly Samples[]): Samples {
  return { x: stacked(folds.map(({ x }) => x)), y: stacked(folds.map(({ y }) => y)) };
}

/** One below the other. */
export function stacked(parts: readonly Matrix[]): Matrix {
  const [{ cols }] = parts;
  const data = new Float64Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows: data.length / cols, cols, data };
}
