/** A figure of one distance per seed, up, beside something else of the seed, across. */
import { distanceReferences, sayingUnrecorded } from './distanceReferences.ts';
import type { Axis, Figure } from './figure.ts';
import type { FigureInput } from './figureInput.ts';
import { readMarks } from './readMarks.ts';
import type { Along } from './readMarks.ts';
import type { SeedComparison } from './seedComparison.ts';

export function readingFigure(
  { id, title, x, along }: { id: string; title: string; x: Axis; along: Along },
  comparison: SeedComparison,
  input: FigureInput,
): Figure {
  const { atLabel, distanceLabel, notes, inWords } = comparison;
  const figure: Figure = {
    id,
    title,
    x,
    y: { label: `${distanceLabel} (${atLabel})`, scale: 'linear', min: null, max: null },
    ...readMarks(comparison, along),
    references: distanceReferences(input),
    whyEmpty: 'No seed has such a reading',
    notes: [...notes, ...inWords],
    comparison,
  };
  return sayingUnrecorded(figure, input);
}
