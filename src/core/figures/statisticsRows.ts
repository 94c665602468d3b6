/** Statistics as rows of a figure's table: what it is in `label`, the number in `y`, its interval in `low` and `high`. */
import { correctionLabels } from '../statistics/correction.ts';
import type { GroupStatistics, PairStatistics, Statistics } from '../statistics/compareGroups.ts';
import { intervalKinds, intervalLabels } from '../statistics/intervals.ts';
import type { Intervals } from '../statistics/intervals.ts';
import { pairName, testWords } from './statisticsNotes.ts';

export type StatisticsRow = {
  readonly group: string;
  readonly label: string;
  readonly y: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};

export function statisticsRows(statistics: Statistics): StatisticsRow[] {
  return [
    ...statistics.groups.flatMap((group) => groupRows(group, statistics)),
    ...statistics.pairs.flatMap((pair) => pairRows(pair, statistics)),
  ];
}

const bare = { low: null, high: null };

function groupRows(
  { label: group, n, mean, sd, intervals }: GroupStatistics,
  { settings }: Statistics,
): StatisticsRow[] {
  return [
    { group, n, ...bare, label: 'standard deviation', y: sd },
    ...intervalRows(intervals, settings.confidence, { group, n, y: mean }, 'mean'),
  ];
}

function pairRows(pair: PairStatistics, { settings, groups }: Statistics): StatisticsRow[] {
  const { paired, difference, effect, permutation, tTest, correctedP, seedsNeeded } = pair;
  const row = { group: pairName(pair, groups), n: pair.n.reduce((sum, k) => sum + k, 0), ...bare };
  const correction = `corrected by ${correctionLabels[settings.correction]}`;
  const test = paired ? 'paired t-test' : "Welch's t-test";
  return [
    ...intervalRows(pair.intervals, settings.confidence, { ...row, y: difference }, 'difference of means'),
    ...(effect
      ? [{ ...row, label: `effect size ${effect.kind}`, y: effect.value, low: effect.low, high: effect.high }]
      : []),
    ...(permutation
      ? [
          { ...row, label: `p, ${testWords(pair)}`, y: permutation.p },
          { ...row, label: `p, permutation test, ${correction}`, y: correctedP.permutation },
          { ...row, label: 'smallest p that so many seeds can give', y: permutation.smallest },
        ]
      : []),
    ...(tTest
      ? [
          { ...row, label: `t, ${test}`, y: tTest.t },
          { ...row, label: `degrees of freedom, ${test}`, y: tTest.df },
          { ...row, label: `p, ${test}`, y: tTest.p },
          { ...row, label: `p, ${test}, ${correction}`, y: correctedP.tTest },
        ]
      : []),
    ...(seedsNeeded
      ? [
          {
            ...row,
            label: `seeds${paired ? '' : ' in each group'} for a power of ${settings.power}`,
            y: seedsNeeded.seeds,
            low: seedsNeeded.range?.[0] ?? null,
            high: seedsNeeded.range?.[1] ?? null,
          },
        ]
      : []),
  ];
}

function intervalRows(
  intervals: Intervals,
  confidence: number,
  row: Pick<StatisticsRow, 'group' | 'n' | 'y'>,
  what: string,
): StatisticsRow[] {
  return intervalKinds.map((kind) => ({
    ...row,
    label: `${what}, ${Math.round(100 * confidence)} % ${intervalLabels[kind]}`,
    low: intervals[kind]?.low ?? null,
    high: intervals[kind]?.high ?? null,
  }));
}
