/** Length of the rule's gradient against that of BPTT, along training. */
import { alignedParts, partLabels, valueId, whyNotCompared } from './alignedParts.ts';
import type { FigureDefinition, RunCurve } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const gradientNormRatio: FigureDefinition = {
  id: 'gradientNormRatio',
  label: 'Gradient norm ratio',
  summary: "Length of the rule's gradient over that of BPTT on the same trials: 1 is the same length.",
  needs: 'alignments',
  parts: alignedParts,
  describe(input) {
    const { curves, part } = input;
    const id = valueId('normRatio', part);
    return versusUpdates(
      curves.map((curve) => withoutZeros(curve, id)),
      id,
      input,
      {
        id: this.id,
        title: `Length of the gradient against BPTT's along training: ${partLabels[part]}`,
        y: { label: 'Norm of the gradient / norm of that of BPTT', scale: 'log', min: null, max: null },
        references: [{ label: 'as long', y: 1 }],
        points: 'Comparisons',
        whyEmpty: whyNotCompared,
      },
    );
  },
};

/** A gradient of no length has no place on a logarithmic axis; it is counted among the values left out. */
function withoutZeros(curve: RunCurve, id: string): RunCurve {
  const points = curve.points.map((p) => (p.values[id] === 0 ? { ...p, values: { ...p.values, [id]: null } } : p));
  return { ...curve, points };
}
