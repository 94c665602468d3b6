/** The parts of the gradient that figures of gradient alignment can show. */
import { alignmentParts, type Alignment, type AlignmentPart } from '../analysis/gradientAlignment.ts';
import type { CurvePoint } from './figureInput.ts';

export const partLabels: Readonly<Record<AlignmentPart, string>> = {
  Wrec: 'recurrent weights (Wrec)',
  recurrent: 'recurrent layer (a0, Win, Wrec, b)',
  Win: 'input weights (Win)',
  b: 'biases (b)',
  a0: 'initial state (a0)',
  Wout: 'readout weights (Wout)',
  bout: 'readout biases (bout)',
};

/** In the order in which they are offered; the first is shown unless another is asked for. */
export const alignedParts: readonly AlignmentPart[] = ['Wrec', ...alignmentParts.filter((part) => part !== 'Wrec')];

export const whyNotCompared = 'Gradients were not compared: a plan has to ask for it (Gradient alignment)';

export function valueId(what: 'cosine' | 'normRatio', part: AlignmentPart): string {
  return `${what}.${part}`;
}

/** Comparisons at one update as a point of a curve. */
export function alignmentPoint(update: number, alignments: readonly Alignment[]): CurvePoint {
  const values = alignments.flatMap(({ part, cosine, normRatio }) => [
    [valueId('cosine', part), cosine] as const,
    [valueId('normRatio', part), normRatio] as const,
  ]);
  return { update, values: Object.fromEntries(values) };
}
