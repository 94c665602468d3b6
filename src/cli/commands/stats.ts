/** `lrlab stats`: groups of seeds and every pair of groups, at one reading of their training. */
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import { LabError } from '../../core/errors.ts';
import type { SeedComparison } from '../../core/figures/seedComparison.ts';
import { groupsTable, pairsTable } from '../../core/figures/statisticsTables.ts';
import { measureOf, withMeasureOptions } from '../measureOptions.ts';
import type { MeasureOptions } from '../measureOptions.ts';
import { printJson, printTable } from '../output.ts';
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
  process.stdout.write(`${distanceLabel} ${atLabel}\n\n`);
  const [groups, pairs] = [groupsTable(statistics), pairsTable(statistics)];
  printTable(groups.head, groups.rows);
  if (pairs.rows.length > 0) {
    process.stdout.write('\n');
    printTable(pairs.head, pairs.rows);
  }
  process.stdout.write(`\n${notes.map((note) => `- ${note}`).join('\n')}\n`);
}
