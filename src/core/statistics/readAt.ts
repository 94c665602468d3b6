/** At which point of its training a seed's distance is read. Readings of different kinds are never mixed. */
import { crossingOf, valueAtCrossing } from './crossing.ts';

export const readAtIds = ['accuracy', 'best', 'last', 'smallest'] as const;
export type ReadAt = (typeof readAtIds)[number];

export type ReadingCard = {
  readonly label: string;
  /** how it is read */
  readonly summary: string;
  /** what it is, and is not, fair to */
  readonly bias: string;
};

export const readingCards: Readonly<Record<ReadAt, ReadingCard>> = {
  accuracy: {
    label: 'at equal accuracy',
    summary:
      'Each seed is read where it first reaches that accuracy, on the straight line between the checkpoints before and after.',
    bias: 'The fair comparison: no group is ahead in the task. Seeds that never get there are left out.',
  },
  best: {
    label: 'at best accuracy',
    summary: 'Each seed is read at its most accurate checkpoint.',
    bias: 'Accuracies differ, so that a difference in distance may be one in how well the task is done.',
  },
  last: {
    label: 'at the last update',
    summary: 'Each seed is read at its last checkpoint.',
    bias: 'Accuracies differ, and how long training went on was chosen by somebody.',
  },
  smallest: {
    label: 'at the closest checkpoint',
    summary:
      'Each seed is read at the checkpoint that comes closest to the recording: at its smallest distance, as published.',
    bias: 'Biased towards the recording: the best of many checkpoints is better than any one of them would be, the more so the more checkpoints there are and the noisier they are. Accuracies differ too.',
  },
};

/** accuracy: the level, of `accuracy` only; null: the highest that all seeds reach */
export type ReadingChoice = { readonly at: ReadAt; readonly accuracy: number | null };

export const usualReading: ReadingChoice = { at: 'accuracy', accuracy: null };

/** In order of updates; null where there is no value. */
export type TrainingPoint = {
  readonly update: number;
  readonly accuracy: number | null;
  readonly distance: number | null;
};

export type Reading = {
  readonly distance: number;
  readonly accuracy: number;
  /** of the checkpoint; of an accuracy reached between two, the later one */
  readonly update: number;
};

type Measured = { update: number; accuracy: number; distance: number };

/** Null where the seed has no such reading. accuracy: the level, for readings at equal accuracy; better: of distances. */
export function readSeed(
  points: readonly TrainingPoint[],
  at: ReadAt,
  accuracy: number | null,
  better: 'lower' | 'higher' | 'neither' = 'lower',
): Reading | null {
  const measured = points.filter((p): p is Measured => p.accuracy !== null && p.distance !== null);
  switch (at) {
    case 'accuracy':
      return accuracy === null ? null : atAccuracy(measured, accuracy);
    case 'best':
      return first(measured, (p) => p.accuracy);
    case 'smallest':
      return first(measured, (p) => (better === 'higher' ? p.distance : -p.distance));
    case 'last':
      // an earlier checkpoint would be another reading
      return measured.at(-1)?.update === points.at(-1)?.update ? (measured.at(-1) ?? null) : null;
  }
}

/** The highest accuracy that every seed reaches, and which seed (its index) reaches no more; null without any. */
export function accuracyReachedByAll(
  seeds: readonly (readonly TrainingPoint[])[],
): { level: number; limitedBy: number } | null {
  const best = seeds.map((points) =>
    Math.max(...points.flatMap((p) => (p.accuracy === null || p.distance === null ? [] : [p.accuracy]))),
  );
  const level = Math.min(...best);
  return Number.isFinite(level) ? { level, limitedBy: best.indexOf(level) } : null;
}

function atAccuracy(points: readonly Measured[], level: number): Reading | null {
  const x = points.map((p) => p.accuracy);
  const distance = valueAtCrossing({ x, y: points.map((p) => p.distance) }, level);
  return distance === null ? null : { distance, accuracy: level, update: points[crossingOf(x, level)!.after].update };
}

/** The first of those with the highest score. */
function first(points: readonly Measured[], score: (p: Measured) => number): Reading | null {
  return points.reduce<Measured | null>((best, p) => (best === null || score(p) > score(best) ? p : best), null);
}
