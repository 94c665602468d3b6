/** What has to be said about how seeds were read: where, with what bias, and who is missing. */
import { readingCards } from '../statistics/readAt.ts';
import type { TrainingPoint } from '../statistics/readAt.ts';
import { meanOf, quantileOf } from '../statistics/summary.ts';
import type { RunCurve } from './figureInput.ts';
import type { GroupRead, SeedComparison } from './seedComparison.ts';

/** limitedBy: the run that sets the accuracy at which all are read; null where it was given, or readings are of another kind */
export function readingNotes(
  { at, accuracy, groups }: Pick<SeedComparison, 'at' | 'accuracy' | 'groups'>,
  limitedBy: RunCurve | null,
): string[] {
  const { label, summary, bias } = readingCards[at];
  const level = accuracy === null ? '' : ` of ${shortNumber(accuracy)}`;
  const whose = limitedBy
    ? `, the highest that all seeds reach (${limitedBy.ruleLabel}, seed ${limitedBy.seed}, gets no further)`
    : '';
  return [
    `Read ${label}${level}${whose}. ${summary} ${bias}`,
    ...(at === 'accuracy' ? [] : accuraciesThere(groups)),
    ...(at === 'last' ? lastUpdates(groups) : []),
    ...groups.flatMap((g) => seedsNote(g.missing, `${g.label}: no such reading, left out:`)),
    ...groups.flatMap((g) => seedsNote(g.repeated, `${g.label}: more than one run, of which the first counts:`)),
  ];
}

function accuraciesThere(groups: readonly GroupRead[]): string[] {
  const means = groups
    .filter((g) => g.seeds.length > 0)
    .map((g) => `${g.label} ${shortNumber(meanOf(g.seeds.map((s) => s.accuracy)))}`);
  return means.length > 1 ? [`Mean accuracy there: ${means.join(', ')}.`] : [];
}

function lastUpdates(groups: readonly GroupRead[]): string[] {
  const updates = groups.flatMap((g) => g.seeds.map((s) => s.update));
  const [first, last] = [Math.min(...updates), Math.max(...updates)];
  return first < last ? [`Training did not go on equally long: updates ${first} to ${last}.`] : [];
}

/** One seed that never learned would have all others read before they had learned, too. */
export function farBelow(level: number, seeds: readonly (readonly TrainingPoint[])[]): string[] {
  const best = seeds.map((points) => Math.max(...points.flatMap((p) => p.accuracy ?? [])));
  const median = quantileOf(
    best.sort((a, b) => a - b),
    0.5,
  );
  if (level >= median / 2) return [];
  return [
    `That is early in training: half of the seeds reach ${shortNumber(median)}. Choose a higher accuracy; it leaves out the seeds that never get there.`,
  ];
}

function seedsNote(seeds: readonly number[], what: string): string[] {
  return seeds.length === 0 ? [] : [`${what} ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}.`];
}

export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}
