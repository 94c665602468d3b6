/** Levels that make a distance readable: what needs no learning, and what needs no knowledge of the conditions. */
import type { Figure, Reference } from './figure.ts';
import type { FigureInput, LevelShown } from './figureInput.ts';
import { untrained } from './seedLines.ts';

/** Makes a figure of distances say why it is empty, where nothing was recorded. */
export function sayingUnrecorded(figure: Figure, { recorded }: FigureInput): Figure {
  if (recorded) return figure;
  const { comparison: _, ...rest } = figure;
  return {
    ...rest,
    whyEmpty: 'No distance: nothing was recorded',
    notes: [
      'Nothing was recorded: these networks were trained on the task alone, so there is no distance to a recording.',
    ],
  };
}

type Measured = Pick<FigureInput, 'curves' | 'distance'>;

export function distanceReferences(input: Measured): Reference[] {
  return distanceLevels(input).map(({ label, y }) => ({ label, y }));
}

/** Those of the recording, and the runs themselves before their first update. */
export function distanceLevels({ curves, distance }: Measured): LevelShown[] {
  const y = untrained(curves, distance.id);
  return y === null ? [...distance.levels] : [...distance.levels, { ...beforeTraining, y }];
}

const beforeTraining = {
  label: 'untrained',
  kind: 'floor',
  past: 'Training has not brought the activity nearer to the recording than random weights are.',
} as const;
