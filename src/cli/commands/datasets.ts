/** `lrlab datasets`: what is in the workspace. */
import type { Command } from 'commander';
import type { DatasetId } from '../../app/plan.ts';
import { printJson, printTable, rounded } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addDatasets(program: Command, open: OpenPorts): void {
  const datasets = program.command('datasets').description('list datasets, or remove one');
  datasets
    .command('list', { isDefault: true })
    .description('list them (the default)')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const all = await handlers['dataset.list'](undefined);
        if (options.json) return printJson(all);
        printTable(
          ['id', 'name', 'neurons', 'steps', 'conditions', 'participation ratio', 'baseline', 'sha256'],
          all.map((d) => [
            d.id,
            d.name + (d.simulated ? ' (simulated)' : ''),
            d.neurons,
            d.steps,
            d.conditions,
            rounded(d.participationRatio),
            rounded(d.crossConditionAverage),
            d.source.sha256.slice(0, 12),
          ]),
        );
      }),
    );
  datasets
    .command('remove')
    .description('remove a dataset; refused while runs were trained on it')
    .argument('<id>')
    .action((id: string) =>
      withService(open, async ({ handlers }) => {
        await handlers['dataset.remove']({ dataset: id as DatasetId });
      }),
    );
}
