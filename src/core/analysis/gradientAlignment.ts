/**
 * How far the gradient of a learning rule points where the exact one does. g: the rule's, q: that of BPTT, at the same
 * weights and on the same trials:
 *
 *   cosine = g · q / (‖g‖ ‖q‖)        1: the same direction, 0: nothing in common, below 0: uphill
 *   norm ratio = ‖g‖ / ‖q‖            how long the rule takes the gradient to be
 *
 * for each parameter, and over all of the recurrent layer together. Both are gradients of the whole loss, penalties
 * included, before clipping: what the optimizer is given. Measured so by Marschall, Cho & Savin 2020, JMLR 21(135).
 */
import type { Floats } from '../math/tensor.ts';
import { parameterNames, type ParameterName, type Parameters } from '../models/parameters.ts';

/** What lies before the readout, where rules differ. */
export const recurrentLayer = ['a0', 'Win', 'Wrec', 'b'] as const satisfies readonly ParameterName[];

/** Parts of the gradient that are compared; `recurrent`: the whole recurrent layer. */
export const alignmentParts = ['recurrent', ...parameterNames] as const;
export type AlignmentPart = (typeof alignmentParts)[number];

export type Alignment = {
  readonly part: AlignmentPart;
  readonly cosine: number | null;
  readonly normRatio: number | null;
  /** why one of them is null, in words for the user */
  readonly reason: string | null;
};

/** One entry per part. frozen: parameters that keep their first values, and so have no gradient to compare. */
export function alignGradients(
  gradient: Parameters,
  exact: Parameters,
  frozen: readonly ParameterName[] = [],
): Alignment[] {
  return alignmentParts.map((part) => {
    const names = (part === 'recurrent' ? recurrentLayer : [part]).filter((name) => !frozen.includes(name));
    if (names.length === 0) return { part, cosine: null, normRatio: null, reason: reasons.frozen };
    return { part, ...compare(vectorOf(gradient, names), vectorOf(exact, names)) };
  });
}

const reasons = {
  frozen: 'It keeps its first values.',
  notFinite: 'A gradient is not finite.',
  rule: "The rule's gradient is zero.",
  exact: 'The gradient of BPTT is zero.',
  both: 'Both gradients are zero.',
} as const;

/** A vector in parts: direction times scale, the largest entry of the direction being 1 so that no square is lost. */
type Vector = { readonly parts: readonly Floats[]; readonly scale: number };

function vectorOf(gradient: Parameters, names: readonly ParameterName[]): Vector {
  const parts = names.map((name) => gradient[name].data);
  let scale = 0;
  for (const part of parts) for (const v of part) scale = Math.max(scale, Math.abs(v)); // NaN stays
  return { parts, scale };
}

function compare(g: Vector, q: Vector): Omit<Alignment, 'part'> {
  if (!Number.isFinite(g.scale + q.scale)) return { cosine: null, normRatio: null, reason: reasons.notFinite };
  if (q.scale === 0) {
    return { cosine: null, normRatio: null, reason: g.scale === 0 ? reasons.both : reasons.exact };
  }
  if (g.scale === 0) return { cosine: null, normRatio: 0, reason: reasons.rule };
  const [gg, qq, gq] = [dot(g, g), dot(q, q), dot(g, q)];
  const cosine = gq / Math.sqrt(gg * qq);
  return {
    cosine: Math.max(-1, Math.min(1, cosine)), // rounding can lift it just above 1
    normRatio: Math.sqrt(gg / qq) * (g.scale / q.scale),
    reason: null,
  };
}

/** Of the directions. */
function dot(u: Vector, v: Vector): number {
  let sum = 0;
  u.parts.forEach((part, p) => {
    const other = v.parts[p];
    for (let i = 0; i < part.length; i++) sum += (part[i] / u.scale) * (other[i] / v.scale);
  });
  return sum;
}
