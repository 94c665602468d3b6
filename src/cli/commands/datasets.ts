/** `lrlab datasets`: what is in the workspace. */
import type { Command } from 'commander';
import { addDatasetExport } from './datasetExport.ts';
import { addDatasetShow } from './datasetShow.ts';
import type { DatasetId } from '../../app/plan.ts';
import { answered, tell } from '../importReply.ts';
import { printJson, printTable, rounded } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addDatasets(program: Command, open: OpenPorts): void {
  const datasets = program
    .command('datasets')
    .description('list and show datasets, describe, export or remove one, add behaviour to one');
  datasets
    .command('list', { isDefault: true })
    .description('list them (the default)')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const all = await handlers['dataset.list'](undefined);
        if (options.json) return printJson(all);
        printTable(
          ['id', 'name', 'neurons', 'steps', 'conditions', 'participation ratio', 'baseline', 'behaviour', 'sha256'],
          all.map((d) => [
            d.id,
            d.name + (d.simulated ? ' (simulated)' : ''),
            d.neurons,
            d.steps,
            d.conditions,
            rounded(d.participationRatio),
            rounded(d.crossConditionAverage),
            d.behaviour?.name ?? (d.kinematics.length > 0 ? 'kinematics' : 'none'),
            d.source.sha256.slice(0, 12),
          ]),
        );
      }),
    );
  addDatasetShow(datasets, open);
  addDatasetExport(datasets, open);
  datasets
    .command('files')
    .description('of a dataset that was imported from a folder: what was taken from each file, or why nothing was')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action((id: string, { json }: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const files = await handlers['dataset.files']({ dataset: id as DatasetId });
        if (json) return printJson(files);
        const rows = files.map(({ file, kept, why, sha256 }) => [
          file,
          kept ? 'kept' : 'left out',
          why,
          sha256.slice(0, 12),
        ]);
        printTable(['file', '', 'why', 'sha256'], rows);
      }),
    );
  datasets
    .command('add-behaviour')
    .description('a new dataset: this one with the behaviour of another file, for example EMG')
    .argument('<id>')
    .argument('<file>')
    .option(
      '--mapping <json>',
      'which array, which axis is signal, time and condition: JSON text, a file with it, guess or last',
    )
    .option('--json', 'print JSON')
    .action((id: string, file: string, { mapping, json }: { mapping?: string; json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const reply = await answered({ behaviour: mapping }, (given) =>
          handlers['dataset.addBehaviour']({ path: file, ...given.behaviour, dataset: id as DatasetId }),
        );
        tell(reply, json, '--mapping');
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
