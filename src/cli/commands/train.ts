/** `lrlab train`: the main job in one command: import, train, analyse, figures. */
import type { Command } from 'commander';
import { runPlan } from '../../app/runPlan.ts';
import type { Plan } from '../../app/plan.ts';
import type { Ports } from '../../app/ports.ts';
import type { Service } from '../../app/service.ts';
import { summarize } from '../../app/runViews.ts';
import { exitCodes, printJson, printTable, rounded, say } from '../output.ts';
import { addPlanOptions, planFrom } from '../planOptions.ts';
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
        const plan = planFrom(options, ports);
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
  const { runs, figures } = await runPlan(plan, service, ports);
  progress.finish();
  const shown = runs.map((run) => summarize(run, ports, null));
  for (const run of shown) {
    if (run.error)
      say(`run ${run.id} (${run.ruleLabel}, seed ${run.spec.seed}): ${run.error.code}: ${run.error.message}`);
  }
  if (runs.some((run) => run.state !== 'done' || run.error)) process.exitCode ??= exitCodes.checkFailed;
  const files = out === undefined ? [] : writeFigures(figures, out);
  if (json) return printJson({ runs: shown, files });
  printTable(
    ['id', 'state', 'rule', 'seed', 'updates', 'loss', 'test error', 'distance', 'engine'],
    shown.map((r) => [
      r.id,
      r.state,
      r.ruleLabel,
      r.spec.seed,
      r.update,
      rounded(r.mainLoss),
      rounded(r.testError),
      rounded(r.distance),
      r.engine?.description ?? null,
    ]),
  );
  for (const file of files) process.stdout.write(`${file}\n`);
}
