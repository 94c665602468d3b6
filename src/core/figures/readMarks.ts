/** The marks of figures that show one distance per seed: a dot per seed, the mean of a group with its interval. */
import { intervalLabels } from '../statistics/intervals.ts';
import { meanOf } from '../statistics/summary.ts';
import type { Band, Figure, Line } from './figure.ts';
import type { GroupRead, SeedComparison, SeedRead } from './seedComparison.ts';

/** Where a seed stands along x. */
export type Along = (seed: SeedRead, group: number) => number;

type Marks = Pick<Figure, 'groups' | 'palette' | 'lines' | 'bands'>;

export function readMarks({ groups, statistics }: SeedComparison, along: Along): Marks {
  const { interval, confidence } = statistics.settings;
  const seeds = groups.flatMap((group, g) => group.seeds.map((seed) => seedDot(group, seed, along(seed, g))));
  const means: Line[] = [];
  const bands: Band[] = [];
  groups.forEach((group, g) => {
    const { n, mean, intervals } = statistics.groups[g];
    if (n < 2 || mean === null) return;
    const x = [meanOf(group.seeds.map((seed) => along(seed, g)))];
    means.push({ label: `${group.label}, mean`, group: group.id, role: 'mean', x, y: [mean], origins: [], n: [n] });
    const ends = intervals[interval];
    if (!ends) return;
    const label = `${group.label}, ${Math.round(100 * confidence)} % ${intervalLabels[interval]} of the mean`;
    bands.push({ group: group.id, label, x, low: [ends.low], high: [ends.high] });
  });
  return {
    groups: groups.map(({ id, label, color }) => ({ id, label, color })),
    palette: 'distinct',
    lines: [...seeds, ...means],
    bands,
  };
}

/** For the axis under groups that stand side by side, so that an exported figure says it too. */
export function marksInWords({ groups, statistics: { settings } }: SeedComparison): string {
  const counts = groups.map((g) => g.seeds.length);
  if (Math.max(0, ...counts) < 2) return '';
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const n = fewest === most ? `${most}` : `${fewest} to ${most}`;
  return `Dots: seeds (n = ${n}); lines: mean, ${Math.round(100 * settings.confidence)} % ${intervalLabels[settings.interval]}`;
}

function seedDot({ id, label }: GroupRead, { run, seed, update, distance }: SeedRead, x: number): Line {
  return {
    label: `${label}, seed ${seed}`,
    group: id,
    role: 'member',
    x: [x],
    y: [distance],
    origins: [{ run, seed, update }],
    n: [],
  };
}
