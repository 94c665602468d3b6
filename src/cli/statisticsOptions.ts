/** How seeds are read and compared, as options of `lrlab stats` and `lrlab figure`. */
import type { Command } from 'commander';
import type { z } from 'zod';
import { readingSchema, statisticsSchema } from '../app/statisticsSchema.ts';
import { LabError } from '../core/errors.ts';
import { correctionIds } from '../core/statistics/correction.ts';
import { intervalKinds } from '../core/statistics/intervals.ts';
import { usualReading } from '../core/statistics/readAt.ts';
import type { ReadAt } from '../core/statistics/readAt.ts';

const numbers = ['confidence', 'resamples', 'gap', 'power'] as const;

export type StatisticsOptions = { at?: string; correction?: string; interval?: string } & {
  [name in (typeof numbers)[number]]?: string;
};

export function addStatisticsOptions(command: Command): Command {
  return command
    .option(
      '--at <reading>',
      'where seeds are read: accuracy (the highest that all reach; the usual), accuracy=0.9, best (distanceScatter, usually), last or smallest',
    )
    .option('--correction <kind>', `over all pairs: ${correctionIds.join(' or ')}`)
    .option('--interval <kind>', `shown: ${intervalKinds.join(', ')}; JSON has all`)
    .option('--confidence <share>', 'of the intervals, for example 0.95')
    .option('--resamples <n>', 'bootstrap samples, and permutations where they are too many to count')
    .option('--gap <distance>', 'the difference for which seeds are counted (default: the one observed)')
    .option('--power <share>', 'to be reached with those seeds, for example 0.8');
}

/** usual: where the options do not say it. */
export function readingOf(
  { at: text }: StatisticsOptions,
  usual: ReadAt = usualReading.at,
): z.output<typeof readingSchema> {
  const [, at, accuracy] = /^(\w+)(?:=(.+))?$/.exec(text ?? usual) ?? [];
  const reading = readingSchema.safeParse({ at, accuracy: accuracy === undefined ? null : Number(accuracy) });
  if (reading.success && (accuracy === undefined || at === 'accuracy')) return reading.data;
  throw new LabError(
    'stats.at',
    `Choosing where seeds are read: expected accuracy, accuracy=0.9, best, last or smallest, found "${text}".`,
  );
}

export function settingsOf(options: StatisticsOptions): z.output<typeof statisticsSchema> {
  const { correction, interval } = options;
  const given = numbers.flatMap((name) =>
    options[name] === undefined ? [] : [[name === 'resamples' ? 'draws' : name, Number(options[name])] as const],
  );
  const settings = statisticsSchema.safeParse({
    ...(correction === undefined ? {} : { correction }),
    ...(interval === undefined ? {} : { interval }),
    ...Object.fromEntries(given),
  });
  if (settings.success) return settings.data;
  const issues = settings.error.issues
    .map((i) => `--${i.path.join('.').replace('draws', 'resamples')}: ${i.message}`)
    .join('; ');
  throw new LabError('stats.options', `Reading the options of the statistics: ${issues}.`);
}
