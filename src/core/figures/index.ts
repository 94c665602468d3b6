/** All figures of runs. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { distanceBars } from './distanceBars.ts';
import { distanceScatter } from './distanceScatter.ts';
import { distanceVsAccuracy } from './distanceVsAccuracy.ts';
import { distanceVsUpdates } from './distanceVsUpdates.ts';
import { errorVsUpdates } from './errorVsUpdates.ts';
import type { FigureDefinition } from './figureInput.ts';
import { gradientAlignment } from './gradientAlignment.ts';
import { gradientNorm } from './gradientNorm.ts';
import { gradientNormRatio } from './gradientNormRatio.ts';
import { lossCurves } from './lossCurves.ts';
import { participationRatioVsUpdates } from './participationRatioVsUpdates.ts';
import { trainVsTest } from './trainVsTest.ts';

const all: readonly FigureDefinition[] = [
  distanceVsAccuracy,
  distanceBars,
  distanceScatter,
  distanceVsUpdates,
  trainVsTest,
  errorVsUpdates,
  participationRatioVsUpdates,
  lossCurves,
  gradientNorm,
  gradientAlignment,
  gradientNormRatio,
];

export const figures = {
  all,
  get(id: string): FigureDefinition {
    const figure = all.find((f) => f.id === id);
    if (figure) return figure;
    const known = all.map((f) => `"${f.id}"`).join(', ');
    throw new LabError('figure.unknown', `Choosing a figure: expected one of ${known}, found "${id}".`);
  },
};
