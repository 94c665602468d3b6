/** Levels that make a distance readable: what needs no learning, and what needs no knowledge of the conditions. */
import type { Figure, Reference } from './figure.ts';
import type { FigureInput } from './figureInput.ts';
import { untrained } from './seedLines.ts';

/** Makes a figure of distances say why it is empty, where nothing was recorded. */
export function sayingUnrecorded(figure: Figure, { recorded }: FigureInput): Figure {
  if (recorded) return figure;
  return {
    ...figure,
    whyEmpty: 'No distance: nothing was recorded',
    notes: [
      'Nothing was recorded: these networks were trained on the task alone, so there is no distance to a recording.',
    ],
  };
}

export function distanceReferences({ curves, distance }: FigureInput): Reference[] {
  const before = untrained(curves, distance.id);
  return [
    ...distance.levels.map(({ label, y }) => ({ label, y })),
    ...(before === null ? [] : [{ label: 'untrained', y: before }]),
  ];
}
