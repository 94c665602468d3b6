/** Statistics of seeds as two tables, of groups and of pairs of groups. */
import type { Statistics } from '../statistics/compareGroups.ts';
import { correctionLabels } from '../statistics/correction.ts';
import { intervalLabels } from '../statistics/intervals.ts';
import type { Interval } from '../statistics/intervals.ts';
import { pairName, seedsText } from './statisticsNotes.ts';

/** null: there is no such number */
export type Table = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export function groupsTable({ groups, settings }: Statistics): Table {
  return {
    head: ['group', 'n', 'mean', 'SD', intervalName(settings)],
    rows: groups.map((g) => [g.label, g.n, rounded(g.mean), rounded(g.sd, 3), ends(g.intervals[settings.interval])]),
  };
}

/** Without rows where there is one group. */
export function pairsTable({ groups, pairs, settings }: Statistics): Table {
  const corrected = correctionLabels[settings.correction];
  return {
    head: [
      'pair',
      'n',
      'difference',
      intervalName(settings),
      'effect',
      'p (permutation)',
      corrected,
      'smallest p',
      'p (t-test)',
      corrected,
      `seeds for ${percent(settings.power)}`,
    ],
    rows: pairs.map((pair) => [
      pairName(pair, groups),
      pair.paired ? `${pair.n[0]} pairs` : `${pair.n.join(' + ')} unpaired`,
      rounded(pair.difference),
      ends(pair.intervals[settings.interval]),
      pair.effect ? `${pair.effect.kind} ${rounded(pair.effect.value, 3)}` : null,
      rounded(pair.permutation?.p ?? null, 3),
      rounded(pair.correctedP.permutation, 3),
      rounded(pair.permutation?.smallest ?? null, 3),
      rounded(pair.tTest?.p ?? null, 3),
      rounded(pair.correctedP.tTest, 3),
      pair.seedsNeeded ? seedsText(pair.seedsNeeded) : null,
    ]),
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const intervalName = ({ confidence, interval }: Statistics['settings']): string =>
  `${percent(confidence)} ${intervalLabels[interval]}`;

function rounded(value: number | null, digits = 4): number | null {
  return value === null ? null : Number(value.toPrecision(digits));
}

function ends(interval: Interval | null): string | null {
  return interval && `${rounded(interval.low)} to ${rounded(interval.high)}`;
}
