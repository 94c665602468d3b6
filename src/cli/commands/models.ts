/** `lrlab models`: trained networks in and out: the published layout comes in as runs, checkpoints go out as files. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Option, type Command } from 'commander';
import type { Handlers, ImportedModel } from '../../app/contract.ts';
import { exportCheckpoints, type WhichUpdate } from '../../app/exportModel.ts';
import { importDataset, requireRates } from '../../app/importDataset.ts';
import { recordingWanted } from '../../app/importModel.ts';
import type { DatasetId, RunId } from '../../app/plan.ts';
import type { Ports } from '../../app/ports.ts';
import { exportFormatIds, exportFormats, type ExportFormatId } from '../../core/checkpoints/exportFormats.ts';
import { LabError } from '../../core/errors.ts';
import { findPublishedRecording } from '../../platform/files/publishedRecording.ts';
import { exitCodes, printJson, printTable, rounded, say, sayFailures } from '../output.ts';
import { number } from '../planSettings.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addModels(program: Command, open: OpenPorts): void {
  const models = program.command('models').description('import trained networks as runs, export checkpoints as files');
  addModelImport(models, open);
  addModelExport(models, open);
}

function addModelImport(models: Command, open: OpenPorts): void {
  models
    .command('import')
    .description('open trained networks of the published layout as runs, and analyse them')
    .argument('<folders...>', 'folder of one network, or one that holds such folders')
    .option('--data <file or id>', 'the recording to compare with (default: one imported, or found near the folder)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nA folder holds model_parameter_update….pth and model_info_dictionary.npy; its name tells the rule (…_lm0_…).\nExit code 3: a folder could not be imported, or its analysis failed.',
    )
    .action(async (folders: string[], options: { data?: string; json?: boolean }) => {
      const progress = new Progress();
      await withService(
        open,
        async ({ handlers, queue }, ports) => {
          const imported: ImportedModel[] = [];
          const given = options.data === undefined ? undefined : await recording(options.data, ports);
          for (const folder of folders) imported.push(...(await importFolder(folder, given, handlers, ports)));
          const ids = imported.flatMap(({ run }) => run ?? []);
          await queue.settled(ids);
          progress.finish();
          const runs = [];
          for (const run of ids) runs.push(await handlers['run.get']({ run }));
          for (const { folder, error, notes } of imported) {
            if (error) say(`${folder}: ${error.code}: ${error.message}`);
            for (const note of notes) say(`${path.basename(folder)}: ${note}`);
          }
          const failed = sayFailures(runs);
          if (failed || imported.some((i) => i.error)) process.exitCode ??= exitCodes.checkFailed;
          if (options.json) return printJson({ imported, runs });
          printTable(
            ['id', 'rule', 'seed', 'checkpoints', 'analysed', 'test error', 'distance', 'from'],
            runs.map((r) => [
              r.id,
              r.ruleLabel,
              r.spec.seed,
              r.checkpoints,
              r.analyzed,
              rounded(r.testError),
              rounded(r.distance),
              path.basename(r.origin?.folder ?? ''),
            ]),
          );
        },
        progress.emit,
      );
    });
}

/** What none of the recordings in the workspace fits is tried again with the published one, if that lies near the folder. */
async function importFolder(
  folder: string,
  dataset: DatasetId | undefined,
  handlers: Handlers,
  ports: Ports,
): Promise<ImportedModel[]> {
  const outcomes = await handlers['model.import']({ path: path.resolve(folder), dataset });
  const found = outcomes.some(({ error }) => error?.code === recordingWanted) ? findPublishedRecording(folder) : null;
  if (found === null) return outcomes;
  const near = await recording(found, ports);
  const again = async (outcome: ImportedModel): Promise<ImportedModel[]> =>
    outcome.error?.code === recordingWanted
      ? handlers['model.import']({ path: outcome.folder, dataset: near })
      : [outcome];
  const settled: ImportedModel[] = [];
  for (const outcome of outcomes) settled.push(...(await again(outcome)));
  return settled;
}

/** data: the id of a dataset, or a file to import */
async function recording(data: string, ports: Ports): Promise<DatasetId> {
  const known = ports.store.datasets.get(data as DatasetId);
  if (known) return known.id;
  const reply = await importDataset({ path: data }, ports);
  if (reply.kind === 'dataset') return reply.dataset.id;
  if (reply.kind === 'spikes') return requireRates(data);
  throw new LabError('data.mapping', `Importing "${data}": ${reply.question.why} Import it first with lrlab import.`);
}

type ExportOptions = { update: string; format: ExportFormatId; out?: string; json?: boolean };

function addModelExport(models: Command, open: OpenPorts): void {
  const formats = exportFormats.all.map(({ id, summary }) => `${id}: ${summary}`).join('; ');
  models
    .command('export')
    .description('write checkpoints of a run as files for other programs')
    .argument('<run>', 'its id')
    .option('--update <n>', 'the checkpoint after so many updates, "last" or "all"', 'last')
    .addOption(new Option('--format <format>', formats).choices(exportFormatIds).default('safetensors'))
    .option('--out <path>', 'file or folder; with --update all a folder (default: here, named after the run)')
    .option('--json', 'print JSON')
    .action((id: RunId, options: ExportOptions) =>
      withService(open, async (_, ports) => {
        const run = ports.store.runs.get(id);
        if (!run) throw new LabError('run.unknown', `Exporting run "${id}": there is no such run. See lrlab runs.`);
        const which = whichUpdate(options.update);
        const written: string[] = [];
        for await (const { name, bytes } of exportCheckpoints(run, which, options.format, ports)) {
          const file = placeOf(name, which, options.out);
          writeFileSync(file, bytes);
          written.push(file);
        }
        if (options.json) return printJson({ files: written });
        for (const file of written) process.stdout.write(`${file}\n`);
      }),
    );
}

function whichUpdate(text: string): WhichUpdate {
  if (text === 'last' || text === 'all') return text;
  const update = number(text);
  if (update !== undefined && Number.isSafeInteger(update) && update >= 0) return update;
  throw new LabError('export.update', `Reading --update "${text}": expected a whole number, "last" or "all".`);
}

/** A folder that is there, or is wanted for many files, takes the file's own name. */
function placeOf(name: string, which: WhichUpdate, out = '.'): string {
  const isFolder = which === 'all' || (existsSync(out) && statSync(out).isDirectory());
  mkdirSync(isFolder ? out : path.dirname(out), { recursive: true });
  return path.resolve(isFolder ? path.join(out, name) : out);
}
