/** `lrlab reproduce`: make figures again, and check that published results come out again. */
import type { Command } from 'commander';
import { importDataset, requireRates } from '../../app/importDataset.ts';
import type { z } from 'zod';
import { engineRequestSchema } from '../../app/plan.ts';
import type { DatasetId } from '../../app/plan.ts';
import type { Ports } from '../../app/ports.ts';
import { publishedPreset } from '../../app/presets.ts';
import type { PlanTemplate } from '../../app/presets.ts';
import { applyPublishedSettings } from '../../app/publishedSettings.ts';
import { reproduceSeedExact } from '../../app/seedExact.ts';
import type { StoredParameters, UpdateComparison } from '../../app/seedExact.ts';
import type { Dataset } from '../../core/data/dataset.ts';
import { LabError } from '../../core/errors.ts';
import { tasks } from '../../core/tasks/index.ts';
import { nodeChild } from '../../platform/engines/child.ts';
import { chooseEngine } from '../../platform/engines/index.ts';
import { findingsHere } from '../../platform/engines/probe.ts';
import { openPublishedRun } from '../../app/publishedRun.ts';
import { findPublishedRecording } from '../../platform/files/publishedRecording.ts';
import { exitCodes, printJson, printTable, say } from '../output.ts';
import { addPlanOptions, kindOfData, planFrom } from '../planOptions.ts';
import { number } from '../planSettings.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { listFigures, reproduceFigure } from './reproduceFigure.ts';
import type { FigureOptions } from './reproduceFigure.ts';

type Options = {
  checkpoints: string;
  updates: string;
  data?: string;
  engine: string;
  threads?: string;
  json?: boolean;
};

export function addReproduce(program: Command, open: OpenPorts): void {
  const reproduce = program.command('reproduce');
  addPlanOptions(
    reproduce
      .description(
        'make a figure of the published analysis again, or one that was exported, from the recipe in its file; without arguments, list the figures there are',
      )
      .argument('[figure]', 'a name from that list, or an exported SVG, PNG or JSON')
      .option('--out <folder>', 'where to write it', 'figures')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        '\nThe options describe the runs of a figure from the list; an exported figure names its own. Runs that are there\nalready are not trained again. Exit code 3: a figure was made again with other numbers than it had.',
      ),
  ).action((name: string | undefined, options: FigureOptions) => {
    if (name === undefined) return listFigures(options.json ?? false);
    const progress = new Progress();
    return withService(
      open,
      async (service, ports) => {
        const plan = async () => planFrom(options, ports, await kindOfData(options, service, ports));
        await reproduceFigure(name, plan, service, ports, options);
        progress.finish();
      },
      progress.emit,
    );
  });

  reproduce
    .command('seed-exact')
    .description("train a published run again from its seed and compare with its authors' stored parameters")
    .requiredOption('--checkpoints <folder>', 'the run, in the published layout; its settings are read from there')
    .option('--updates <k>', 'compare up to this update', '50')
    .option(
      '--data <file or id>',
      'the recording (default: one found near the folder, or imported before; the decision task needs none)',
    )
    .option('--engine <id>', 'auto, native-cuda, native-cpu, tensorflow or reference', 'auto')
    .option('--threads <n>', 'threads')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code 0: every compared update is within its tolerance; 3: one is not.')
    .action((_options: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>(); // --data and the like are options of `reproduce`, too
      return withService(open, async (_, ports) => {
        const engine = engineRequest(options, ports.machine.cores);
        const upTo = wholeNumber(options.updates);
        const published = await openPublishedRun(options.checkpoints, ports.workspace);
        const template = applyPublishedSettings(publishedPreset.plan, published.settings);
        const { id, dataset } = await trainedOn(options, template, ports);
        const stored: StoredParameters[] = [];
        for (const update of published.updates.filter((u) => u <= upTo)) {
          stored.push({ update, parameters: (await published.read(update)).parameters });
        }
        if (stored.length === 0) {
          throw new LabError('published.parameters', `Comparing up to update ${upTo}: the folder holds none so early.`);
        }
        const { rules, seeds, figures: _figures, ...rest } = template;
        const findings = await findingsHere(nodeChild);
        const report = await reproduceSeedExact(
          { ...rest, dataset: id, rule: rules[0], seed: seeds[0] },
          stored,
          dataset,
          (setup) => chooseEngine(engine, setup, findings),
          (c) => say(`update ${c.update}: largest difference ${c.difference.toExponential(2)}`),
        );
        if (!report.exact) process.exitCode = exitCodes.checkFailed;
        if (options.json) return printJson(report);
        say(`${report.rule}, seed ${report.seed}, on ${report.engine.description}: ${report.engine.reason}`);
        printTable(['update', 'largest difference', 'tolerance', 'within'], report.updates.map(row));
        process.stdout.write(report.exact ? 'exact: all within tolerance\n' : 'not exact\n');
      });
    });
}

function row({ update, difference, tolerance, within }: UpdateComparison): (string | number | null)[] {
  return [
    update,
    difference.toExponential(2),
    tolerance === null ? 'none' : tolerance.toExponential(0),
    within === null ? 'not judged' : within ? 'yes' : 'NO',
  ];
}

/** The recording, or the task alone where it makes its own trials: the decision's do not depend on a recording. */
async function trainedOn(
  options: Options,
  { task }: PlanTemplate,
  ports: Ports,
): Promise<{ id: DatasetId; dataset: Dataset }> {
  const alone = options.data === undefined ? tasks.get(task.id).protocol?.(task.settings) : undefined;
  if (alone) return { id: 'none' as DatasetId, dataset: alone };
  const { id } = await recordingOf(options, ports);
  return { id, dataset: await ports.workspace.readDataset(id) };
}

async function recordingOf({ data, checkpoints }: Options, ports: Ports): Promise<{ id: DatasetId }> {
  const { store } = ports;
  const given = data === undefined ? null : store.datasets.get(data as DatasetId);
  if (given) return given;
  const file = data ?? findPublishedRecording(checkpoints);
  if (file !== null) {
    const reply = await importDataset({ path: file }, ports);
    if (reply.kind === 'dataset') return reply.dataset;
    if (reply.kind === 'spikes') return requireRates(file);
    throw new LabError('data.mapping', `Importing "${file}": ${reply.question.why} Give the published recording.`);
  }
  const imported = store.datasets.list().find((d) => d.source.layout === 'hatsopoulos' && !d.simulated);
  if (imported) return imported;
  throw new LabError(
    'published.recording',
    'Looking for the recording that the run was trained on: none was found near the folder or among the datasets. Give it with --data FILE.',
  );
}

function engineRequest({ engine, threads }: Options, cores: number): z.infer<typeof engineRequestSchema> {
  const request = engineRequestSchema.safeParse({ engine, threads: number(threads) ?? cores });
  if (request.success) return request.data;
  const issues = request.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  throw new LabError('reproduce.engine', `Choosing an engine: ${issues}.`);
}

function wholeNumber(text: string): number {
  const n = number(text);
  if (Number.isSafeInteger(n) && n >= 0) return n;
  throw new LabError('reproduce.number', `Reading "${text}": expected a whole number.`);
}
