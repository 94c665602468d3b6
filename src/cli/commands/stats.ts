/** `lrlab stats`: groups of seeds and every pair of groups, at one reading of their training. */
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import { LabError } from '../../core/errors.ts';
import type { SeedComparison } from '../../core/figures/seedComparison.ts';
import { pairName, seedsText } from '../../core/figures/statisticsNotes.ts';
import { correctionLabels } from '../../core/statistics/correction.ts';
import { intervalLabels } from '../../core/statistics/intervals.ts';
import type { Interval } from '../../core/statistics/intervals.ts';
import { measureOf, withMeasureOptions } from '../measureOptions.ts';
import type { MeasureOptions } from '../measureOptions.ts';
import { printJson, printTable, rounded } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { addStatisticsOptions, readingOf, settingsOf } from '../statisticsOptions.ts';
import type { StatisticsOptions } from '../statisticsOptions.ts';

type Options = StatisticsOptions & MeasureOptions & { json?: boolean };

export function addStats(program: Command, open: OpenPorts): void {
  const command = program
    .command('stats')
    .description('compare groups of seeds: means, intervals, tests across seeds, seeds needed; see docs/statistics.md')
    .argument('[runs...]', 'runs (default: all that are done, of one recording)')
    .option('--json', 'print JSON, with every seed');
  addStatisticsOptions(withMeasureOptions(command)).action((ids: string[], options: Options) =>
    withService(open, async ({ handlers, measures }, { store }) => {
      const done = store.runs.list().filter((r) => r.state === 'done');
      const runs = ids.length === 0 ? done.map((r) => r.id) : (ids as RunId[]);
      if (runs.length === 0) {
        throw new LabError('stats.runs', 'Comparing seeds: there are no finished runs. Train some with lrlab train.');
      }
      const measure = measureOf(options);
      if (measure) {
        await handlers['measure.start']({ runs, measure });
        await measures.settled(measure);
      }
      const comparison = await handlers['stats.compare']({
        runs,
        measure,
        reading: readingOf(options),
        statistics: settingsOf(options),
      });
      if (options.json) return printJson(comparison);
      print(comparison);
    }),
  );
}

function print({ distanceLabel, atLabel, statistics, notes }: SeedComparison): void {
  const { groups, pairs, settings } = statistics;
  const interval = `${Math.round(100 * settings.confidence)} % ${intervalLabels[settings.interval]}`;
  process.stdout.write(`${distanceLabel} ${atLabel}\n\n`);
  printTable(
    ['group', 'n', 'mean', 'SD', interval],
    groups.map((g) => [g.label, g.n, rounded(g.mean), rounded(g.sd, 3), ends(g.intervals[settings.interval])]),
  );
  if (pairs.length > 0) {
    process.stdout.write('\n');
    printTable(
      [
        'pair',
        'n',
        'difference',
        interval,
        'effect',
        'p (permutation)',
        correctionLabels[settings.correction],
        'smallest p',
        'p (t-test)',
        correctionLabels[settings.correction],
        `seeds for ${Math.round(100 * settings.power)} %`,
      ],
      pairs.map((pair) => [
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
    );
  }
  process.stdout.write(`\n${notes.map((note) => `- ${note}`).join('\n')}\n`);
}

function ends(interval: Interval | null): string | null {
  return interval && `${rounded(interval.low)} to ${rounded(interval.high)}`;
}
