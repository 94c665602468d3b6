/** Levels that make a distance readable: what needs no learning, and what needs no knowledge of the conditions. */
import { baselineId } from '../analysis/datasetResults.ts';
import { procrustes } from '../metrics/procrustes.ts';
import type { Reference } from './figure.ts';
import type { FigureInput } from './figureInput.ts';
import { untrained } from './seedLines.ts';

export function distanceReferences({ curves, recording }: FigureInput): Reference[] {
  const levels = [
    { label: 'average over conditions', y: recording[baselineId] ?? null },
    { label: 'untrained', y: untrained(curves, procrustes.id) },
  ];
  return levels.filter((level): level is Reference => level.y !== null);
}
