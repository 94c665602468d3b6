/** Direction of the rule's gradient against that of BPTT, along training. */
import { alignedParts, partLabels, valueId, whyNotCompared } from './alignedParts.ts';
import type { FigureDefinition } from './figureInput.ts';
import { versusUpdates } from './versusUpdates.ts';

export const gradientAlignment: FigureDefinition = {
  id: 'gradientAlignment',
  label: 'Gradient alignment',
  summary: "Cosine between the rule's gradient and that of BPTT on the same trials: 1 is the same direction.",
  needs: 'alignments',
  parts: alignedParts,
  describe(input) {
    const { curves, part } = input;
    const id = valueId('cosine', part);
    const uphill = curves.some(({ points }) => points.some(({ values }) => (values[id] ?? 0) < 0));
    return versusUpdates(curves, id, input, {
      id: this.id,
      title: `Gradient alignment with BPTT along training: ${partLabels[part]}`,
      y: { label: 'Cosine to the gradient of BPTT', scale: 'linear', min: uphill ? -1 : 0, max: 1 },
      references: uphill ? [{ label: 'nothing in common', y: 0 }] : [],
      points: 'Comparisons',
      whyEmpty: whyNotCompared,
    });
  },
};
