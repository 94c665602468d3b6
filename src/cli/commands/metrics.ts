/** `lrlab metrics`: the metrics that activity can be compared by, and what each promises. */
import type { Command } from 'commander';
import { cardFacts, rangeText, settingFacts } from '../../core/metrics/cardText.ts';
import { metrics } from '../../core/metrics/index.ts';
import type { ComparisonMetric } from '../../core/metrics/metric.ts';
import { printJson, printTable } from '../output.ts';

export function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('list the metrics that activity is compared by; with ids, print their cards and settings')
    .argument('[ids...]', 'metrics whose cards to print')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample: lrlab measure --metric cca --set components=10')
    .action((ids: string[], options: { json?: boolean }) => {
      const chosen = ids.length > 0 ? ids.map((id) => metrics.comparison(id)) : metrics.comparisons;
      if (options.json) return printJson(chosen);
      if (ids.length === 0) return printList(chosen);
      chosen.forEach(printCard);
    });
}

function printList(list: readonly ComparisonMetric[]): void {
  printTable(
    ['metric', 'name', 'range', 'both ways', 'triangle', 'held out'],
    list.map((metric) => [
      metric.id,
      metric.label,
      rangeText(metric),
      metric.symmetric ? 'yes' : 'no',
      metric.triangle ? 'yes' : 'no',
      metric.fit ? 'yes' : 'no',
    ]),
  );
  process.stdout.write('\nOf all of them, lower is more alike. lrlab metrics ID prints a card.\n');
}

function printCard(metric: ComparisonMetric): void {
  process.stdout.write(`${metric.id}: ${metric.label}\n`);
  for (const { name, text } of cardFacts(metric)) process.stdout.write(`  ${name.padEnd(10)}  ${text}\n`);
  for (const { text } of settingFacts(metric)) process.stdout.write(`  ${text}\n`);
  process.stdout.write('\n');
}
