/** `lrlab runs`: look at runs, resume, cancel or remove them. */
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import { summarize } from '../../app/runViews.ts';
import { exitCodes, printJson, printTable, rounded, say, sayFailures } from '../output.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addRuns(program: Command, open: OpenPorts): void {
  const runs = program.command('runs').description('list runs, show, resume, cancel or remove them');

  runs
    .command('list', { isDefault: true })
    .description('list them (the default)')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const all = await handlers['run.list'](undefined);
        if (options.json) return printJson(all);
        printTable(
          [
            'id',
            'state',
            'rule',
            'seed',
            'dataset',
            'update',
            'of',
            'analysed',
            'loss',
            'test error',
            'distance',
            'engine',
          ],
          all.map((r) => [
            r.id,
            r.origin ? 'imported' : r.state,
            r.ruleLabel,
            r.spec.seed,
            r.datasetName,
            r.update,
            r.spec.training.updates,
            `${r.analyzed}/${r.checkpoints}`,
            rounded(r.mainLoss),
            rounded(r.testError),
            rounded(r.distance),
            r.engine?.id ?? null,
          ]),
        );
      }),
    );

  runs
    .command('show')
    .description('everything about one run, as JSON')
    .argument('<id>')
    .action((id: string) =>
      withService(open, async ({ handlers }) => printJson(await handlers['run.get']({ run: id as RunId }))),
    );

  runs
    .command('resume')
    .description('go on with runs that were paused, cancelled, interrupted or failed, from their last stored point')
    .argument('<ids...>')
    .action(async (ids: RunId[]) => {
      const progress = new Progress();
      await withService(
        open,
        async ({ queue }, ports) => {
          const { store } = ports;
          queue.resume(ids);
          await queue.settled(ids);
          progress.finish();
          const rows = ids.map((id) => summarize(store.runs.get(id)!, ports, null));
          for (const { id, state } of rows) say(`run ${id}: ${state}`);
          const failed = sayFailures(rows);
          if (failed || rows.some((row) => row.state !== 'done')) process.exitCode ??= exitCodes.checkFailed;
        },
        progress.emit,
      );
    });

  for (const [name, call, text] of [
    ['cancel', 'run.cancel', 'give up runs that wait or were interrupted'],
    ['remove', 'run.remove', 'delete runs with their checkpoints'],
  ] as const) {
    runs
      .command(name)
      .description(text)
      .argument('<ids...>')
      .action((ids: RunId[]) => withService(open, async ({ handlers }) => void (await handlers[call]({ runs: ids }))));
  }
}
