/** Statistics in sentences: for the page, for files, and for whoever cannot see the figure. */
import type { GroupStatistics, PairStatistics, SeedsNeeded, Statistics } from '../statistics/compareGroups.ts';
import { correctionLabels } from '../statistics/correction.ts';
import { bootstrapCoverage, intervalLabels } from '../statistics/intervals.ts';
import type { Interval } from '../statistics/intervals.ts';

/** Of more pairs the table alone tells. */
const mostPairs = 3;

export function statisticsInWords(statistics: Statistics): string[] {
  const { groups, pairs } = statistics;
  return [
    ...groups.map((group) => groupNote(group, statistics)),
    ...(pairs.length > mostPairs
      ? [`${pairs.length} pairs of groups are compared; the table has them.`]
      : pairs.map((pair) => pairNote(pair, statistics))),
  ];
}

/** What so few seeds cannot show. */
export function cautions(statistics: Statistics): string[] {
  return [...smallestP(statistics), ...shortIntervals(statistics)];
}

function groupNote({ label, n, mean, sd, intervals }: GroupStatistics, { settings }: Statistics): string {
  if (mean === null) return `${label}: n = 0.`;
  if (sd === null) return `${label}: ${number(mean)}, n = 1 seed, so nothing is known about its spread.`;
  const interval = intervals[settings.interval];
  return `${label}: mean ${number(mean)}, SD ${number(sd)}${interval ? `, ${intervalWords(interval, settings)}` : ''}, n = ${n} seeds.`;
}

function pairNote(pair: PairStatistics, { settings, groups, pairs }: Statistics): string {
  const names = pairName(pair, groups);
  if (pair.difference === null) return `${names}: nothing to compare.`;
  const interval = pair.intervals[settings.interval];
  const { permutation, effect, correctedP } = pair;
  return `${[
    `${names}: ${number(pair.difference)}`,
    ...(interval ? [intervalWords(interval, settings)] : []),
    ...(effect ? [`${effect.kind} = ${number(effect.value)}`] : []),
    ...(permutation
      ? [
          `p = ${number(permutation.p)} (${testWords(pair)})`,
          ...(pairs.length > 1
            ? [
                `${number(correctedP.permutation!)} by ${correctionLabels[settings.correction]} over ${pairs.length} pairs`,
              ]
            : []),
        ]
      : ['no test with so few seeds']),
    ...(pair.seedsNeeded ? [seedsWords(pair.seedsNeeded, pair, settings)] : []),
  ].join(', ')}.`;
}

/** "BPTT − e-prop" */
export function pairName({ a, b }: Pick<PairStatistics, 'a' | 'b'>, groups: readonly GroupStatistics[]): string {
  const label = (id: string): string => groups.find((g) => g.id === id)!.label;
  return `${label(a)} − ${label(b)}`;
}

/** "sign flips of 3 pairs, all 8 ways" */
export function testWords({ paired, n, unmatched, permutation }: PairStatistics): string {
  if (permutation === null) return 'not tested';
  const { ways, exact } = permutation;
  const what = paired
    ? `sign flips of ${n[0]} pairs${unmatched > 0 ? `, ${unmatched} seeds without a partner left out` : ''}`
    : `unpaired since seeds differ, labels of ${n.join(' and ')} seeds`;
  return `${what}, ${exact ? `all ${ways} ways` : `${ways} ways drawn`}`;
}

/** "8 seeds (5 to any number) would show it with 80 % power" */
function seedsWords(needed: SeedsNeeded, { paired }: PairStatistics, { power, gap }: Statistics['settings']): string {
  const what = gap === null ? 'it' : `a gap of ${number(gap)}`;
  const where = paired ? 'seeds' : 'seeds in each group';
  return `${seedsText(needed)} ${where} would show ${what} with ${percent(power)} power (t-test)`;
}

/** "8 (5 to any number)" */
export function seedsText({ seeds, range }: SeedsNeeded): string {
  const count = (n: number | null, none: string): string => (n === null ? none : String(n));
  const around = range ? ` (${count(range[0], 'very many')} to ${count(range[1], 'any number')})` : '';
  return count(seeds, 'very many') + around;
}

function smallestP({ pairs, settings }: Statistics): string[] {
  const floors = new Map(
    pairs.flatMap((pair) => {
      const { permutation } = pair;
      if (!permutation || permutation.smallest <= settings.alpha) return [];
      const what = pair.paired ? `${pair.n[0]} pairs of seeds` : `${pair.n.join(' and ')} seeds`;
      return [[what, permutation.smallest] as const];
    }),
  );
  if (floors.size === 0) return [];
  const [[what, p], ...others] = floors;
  const also = others.length === 0 ? '' : ` (${others.map(([w, q]) => `${w}: ${number(q)}`).join(', ')})`;
  return [
    `With ${what} p cannot be below ${number(p)}${also}, however far apart the groups are: a large p says that the seeds are too few, not that the groups are alike.`,
  ];
}

function shortIntervals({ groups, settings }: Statistics): string[] {
  if (settings.interval === 't') return [];
  return [bootstrapNote(Math.min(...groups.filter((g) => g.n >= 2).map((g) => g.n)), settings)];
}

/** fewest: seeds in any mean; Infinity: there is none */
export function bootstrapNote(
  fewest: number,
  { confidence, draws, seed }: Pick<Statistics['settings'], 'confidence' | 'draws' | 'seed'>,
): string {
  const drawn = `Bootstrap intervals: ${draws} draws, random stream ${seed}.`;
  if (!Number.isFinite(fewest)) return drawn;
  const holds = percent(bootstrapCoverage(fewest, confidence));
  return `${drawn} With ${fewest} seeds they hold the true mean about ${holds} of the time where values are normally distributed, not ${percent(confidence)}; the t interval does.`;
}

function intervalWords({ low, high }: Interval, { interval, confidence }: Statistics['settings']): string {
  return `${percent(confidence)} ${intervalLabels[interval]} ${number(low)} to ${number(high)}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function number(v: number): string {
  return String(Number(v.toPrecision(3))).replace('-', '−');
}
