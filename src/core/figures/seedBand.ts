/** The band round a mean over seeds: how far they spread, or how well their mean is known. */
import type { StatisticsSettings } from '../statistics/compareGroups.ts';
import { meanContrast } from '../statistics/contrast.ts';
import { intervalKinds, intervalLabels, intervalOf } from '../statistics/intervals.ts';
import { meanOf, sdOf } from '../statistics/summary.ts';
import { bootstrapNote } from './statisticsNotes.ts';

/** sd: mean ± standard deviation (n − 1 in the denominator); others: confidence intervals of the mean */
export const bandKinds = ['sd', ...intervalKinds] as const;
export type BandKind = (typeof bandKinds)[number];

export type Spread = { readonly band: BandKind; readonly statistics: StatisticsSettings };

/** A curve has many points, and their ends are only drawn. */
const mostDraws = 1000;

export function bandLabel({ band, statistics }: Spread): string {
  return band === 'sd' ? 'mean ± SD' : `mean with its ${percent(statistics)} ${intervalLabels[band]}`;
}

const percent = ({ confidence }: StatisticsSettings): string => `${Math.round(100 * confidence)} %`;

/** What a reader of the band has to know; fewest: seeds in any mean. */
export function bandNotes({ band, statistics }: Spread, fewest: number): string[] {
  return band === 'sd' || band === 't' || !Number.isFinite(fewest)
    ? []
    : [bootstrapNote(fewest, forCurves(statistics))];
}

const forCurves = (statistics: StatisticsSettings): StatisticsSettings => ({
  ...statistics,
  draws: Math.min(statistics.draws, mostDraws),
});

/** Where there is no interval, seeds being equal, it is the mean itself. */
export function bandEnds(values: readonly number[], { band, statistics }: Spread): { low: number; high: number } {
  const mean = meanOf(values);
  if (band === 'sd') return { low: mean - sdOf(values), high: mean + sdOf(values) };
  return intervalOf(meanContrast(values), band, forCurves(statistics)) ?? { low: mean, high: mean };
}
