/** How seeds are read and compared, as it is chosen in the page. */
import { usualStatistics } from '../../core/statistics/compareGroups.ts';
import type { StatisticsSettings } from '../../core/statistics/compareGroups.ts';
import { correctionIds, correctionLabels } from '../../core/statistics/correction.ts';
import { bandKinds } from '../../core/figures/seedBand.ts';
import { intervalKinds, intervalLabels } from '../../core/statistics/intervals.ts';
import { readAtIds, readingCards } from '../../core/statistics/readAt.ts';
import type { ReadAt, ReadingChoice } from '../../core/statistics/readAt.ts';
import { readNumber } from './readNumber.ts';

export type ReadingForm = { at: ReadAt; accuracy: string };
/** gap: the difference for which seeds are counted; empty: the one observed */
export type StatisticsForm = Pick<StatisticsSettings, 'interval' | 'correction'> & { gap: string };

export const usualReadingForm: ReadingForm = { at: 'accuracy', accuracy: '' };
export const usualStatisticsForm: StatisticsForm = {
  interval: usualStatistics.interval,
  correction: usualStatistics.correction,
  gap: '',
};

export const readingOptions = readAtIds.map((id) => ({ id, label: readingCards[id].label }));
export const intervalOptions = intervalKinds.map((id) => ({ id, label: intervalLabels[id] }));
export const bandOptions = bandKinds.map((id) => ({ id, label: id === 'sd' ? '± SD' : intervalLabels[id] }));
export const correctionOptions = correctionIds.map((id) => ({ id, label: correctionLabels[id] }));

/** An empty accuracy is the highest that all seeds reach; a sentence: what is wrong with it. */
export function readReading({ at, accuracy }: ReadingForm): ReadingChoice | string {
  if (at !== 'accuracy' || accuracy.trim() === '') return { at, accuracy: null };
  const value = readNumber(accuracy, { least: -10, most: 1 });
  return typeof value === 'string' ? value : { at, accuracy: value };
}

/** A gap that is no number above 0 is as none: the field says what is wrong with it. */
export function readStatistics({
  gap,
  ...choices
}: StatisticsForm): Pick<StatisticsSettings, 'interval' | 'correction' | 'gap'> {
  return { ...choices, gap: gap.trim() === '' || wrongGap(gap) ? null : Number(gap) };
}

export function wrongGap(gap: string): string | null {
  if (gap.trim() === '') return null;
  const value = readNumber(gap, { above: 0 });
  return typeof value === 'string' ? value : null;
}
