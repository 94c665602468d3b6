/** `lrlab train`: the main job in one command: import, train, analyse, figures. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { RunSummary } from '../../app/contract.ts';
import { runPlan } from '../../app/runPlan.ts';
import type { Plan } from '../../app/plan.ts';
import type { Ports } from '../../app/ports.ts';
import type { Service } from '../../app/service.ts';
import { summarize } from '../../app/runViews.ts';
import { csvText } from '../../core/figures/csv.ts';
import type { CsvField } from '../../core/figures/csv.ts';
import { exitCodes, printJson, printTable, rounded, sayFailures } from '../output.ts';
import { addPlanOptions, kindOfData, planFrom } from '../planOptions.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { writeFigures } from '../writeFigures.ts';

type Options = { out?: string; json?: boolean; printPlan?: boolean };

export function addTrain(program: Command, open: OpenPorts): void {
  addPlanOptions(
    program
      .command('train')
      .description('train every rule with every seed, compare with the recording, write figures')
      .option('--out <folder>', 'write the figures (SVG, PNG, CSV) there')
      .option('--json', 'print the runs as JSON')
      .option('--print-plan', 'print the whole plan as JSON and do nothing'),
  ).action(async (options: Options) => {
    const progress = new Progress();
    await withService(
      open,
      async (service, ports) => {
        const plan = planFrom(options, ports, await kindOfData(options, service, ports));
        if (options.printPlan) return printJson(plan);
        await trainAndReport(plan, service, ports, progress, options);
      },
      progress.emit,
    );
  });
}

export async function trainAndReport(
  plan: Plan,
  service: Service,
  ports: Ports,
  progress: Progress,
  { out, json }: Pick<Options, 'out' | 'json'>,
): Promise<void> {
  if (out !== undefined) mkdirSync(out, { recursive: true }); // a place that cannot be written to is told before the work
  const { runs, figures } = await runPlan(plan, service, ports);
  progress.finish();
  const shown = runs.map((run) => summarize(run, ports, null));
  const failed = sayFailures(shown);
  if (failed || runs.some((run) => run.state !== 'done')) process.exitCode ??= exitCodes.checkFailed;
  const rows = shown.map(runRow);
  const files = out === undefined ? [] : [...writeFigures(figures, out), writeRuns(rows, out)];
  if (json) return printJson({ runs: shown, files });
  printTable(
    runColumns,
    rows.map((row) => row.map((cell) => (typeof cell === 'number' ? rounded(cell) : cell))),
  );
  for (const file of files) process.stdout.write(`${file}\n`);
}

const runColumns = ['id', 'state', 'rule', 'seed', 'updates', 'loss', 'test error', 'distance', 'engine'] as const;

function runRow(run: RunSummary): CsvField[] {
  const { id, state, ruleLabel, spec, update, mainLoss, testError, distance, engine } = run;
  return [id, state, ruleLabel, spec.seed, update, mainLoss, testError, distance, engine?.description ?? null];
}

/** The table of the runs, with every digit; the path written. */
function writeRuns(rows: readonly (readonly CsvField[])[], folder: string): string {
  const file = path.join(folder, 'runs.csv');
  writeFileSync(file, csvText(runColumns, rows));
  return file;
}
