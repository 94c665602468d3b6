/** One distance per seed, read alike, and what can be said about groups of seeds and pairs of groups. */
import { compareGroups } from '../statistics/compareGroups.ts';
import type { Statistics } from '../statistics/compareGroups.ts';
import { accuracyReachedByAll, readingCards, readSeed } from '../statistics/readAt.ts';
import type { ReadAt, Reading, TrainingPoint } from '../statistics/readAt.ts';
import type { FigureInput, RunCurve } from './figureInput.ts';
import { resultOfMetric } from './performance.ts';
import { farBelow, readingNotes, shortNumber } from './readingNotes.ts';
import { cautions, statisticsInWords } from './statisticsNotes.ts';

export type SeedRead = Reading & { readonly run: string; readonly seed: number };

export type GroupRead = {
  readonly id: string;
  readonly label: string;
  /** place in the palette */
  readonly color: number;
  /** in order of seeds */
  readonly seeds: readonly SeedRead[];
  /** seeds without such a reading */
  readonly missing: readonly number[];
  /** seeds with more than one run, of which the first counts */
  readonly repeated: readonly number[];
};

export type SeedComparison = {
  readonly at: ReadAt;
  /** "at equal accuracy 0.873" */
  readonly atLabel: string;
  /** the level, of readings at equal accuracy; else null */
  readonly accuracy: number | null;
  readonly accuracyLabel: string;
  readonly distanceLabel: string;
  readonly groups: readonly GroupRead[];
  readonly statistics: Statistics;
  /** how seeds were read, and what the numbers cannot say */
  readonly notes: readonly string[];
  /** the numbers of groups and pairs, in sentences */
  readonly inWords: readonly string[];
};

export function compareSeeds(input: FigureInput): SeedComparison {
  const { curves, distance, performance, reading, statistics: settings } = input;
  const { accuracy } = performance.accuracy;
  const { id, where } = resultOfMetric(performance.accuracy, curves);
  const pointsOf = ({ points }: RunCurve): TrainingPoint[] =>
    points.map(({ update, values }) => ({
      update,
      accuracy: values[id] == null ? null : accuracy.from(values[id]),
      distance: values[distance.id] ?? null,
    }));
  const reached = accuracyReachedByAll(curves.map(pointsOf));
  const level = reading.at === 'accuracy' ? (reading.accuracy ?? reached?.level ?? null) : null;
  const limitedBy =
    reading.at === 'accuracy' && reading.accuracy === null && reached ? curves[reached.limitedBy] : null;
  const groups = [...Map.groupBy(curves, (c) => c.rule)].map(([rule, runs]) =>
    readGroup(rule, runs, (run) => readSeed(pointsOf(run), reading.at, level, distance.better)),
  );
  const statistics = compareGroups(
    groups.map((g) => ({ id: g.id, label: g.label, seeds: g.seeds.map((s) => ({ seed: s.seed, value: s.distance })) })),
    settings,
  );
  const comparison = {
    at: reading.at,
    atLabel: readingCards[reading.at].label + (level === null ? '' : ` ${shortNumber(level)}`),
    accuracy: level,
    accuracyLabel: `Accuracy (${accuracy.label}, ${where})`,
    distanceLabel: distance.label,
    groups,
    statistics,
  };
  const low = limitedBy === null ? [] : farBelow(level!, curves.map(pointsOf));
  return {
    ...comparison,
    notes: [...readingNotes(comparison, limitedBy), ...low, ...cautions(statistics), ...distance.notes],
    inWords: statisticsInWords(statistics),
  };
}

function readGroup(id: string, runs: readonly RunCurve[], read: (run: RunCurve) => Reading | null): GroupRead {
  const bySeed = [...Map.groupBy(runs, (r) => r.seed)].sort(([a], [b]) => a - b);
  const readings = bySeed.map(([seed, [run]]) => ({ seed, run: run.run, reading: read(run) }));
  return {
    id,
    label: runs[0].ruleLabel,
    color: runs[0].color,
    seeds: readings.flatMap(({ seed, run, reading }) => (reading ? [{ run, seed, ...reading }] : [])),
    missing: readings.flatMap(({ seed, reading }) => (reading ? [] : [seed])),
    repeated: bySeed.flatMap(([seed, { length }]) => (length > 1 ? [seed] : [])),
  };
}
