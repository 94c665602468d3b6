/** `lrlab analyze`: compare the checkpoints of runs with the recordings. */
import type { Command } from 'commander';
import type { RunId } from '../../app/plan.ts';
import type { RunRow } from '../../app/ports.ts';
import { exitCodes, printJson, printTable, rounded, sayFailures } from '../output.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addAnalyze(program: Command, open: OpenPorts): void {
  program
    .command('analyze')
    .description('compute distance, error and dimensionality along the checkpoints of runs; known results cost nothing')
    .argument('[ids...]', 'runs (default: all that are done, or failed on the way)')
    .option('--json', 'print JSON: every checkpoint with its results')
    .action(async (ids: RunId[], options: { json?: boolean }) => {
      const progress = new Progress();
      await withService(
        open,
        async ({ queue, handlers }, { store }) => {
          const wanted =
            ids.length > 0
              ? ids
              : store.runs
                  .list()
                  .filter(worthAnalysing)
                  .map((r) => r.id);
          queue.analyze(wanted);
          await queue.settled(wanted);
          progress.finish();
          const details = await Promise.all(wanted.map(async (run) => handlers['run.get']({ run })));
          sayFailures(details);
          if (details.some((d) => d.analysisError)) process.exitCode ??= exitCodes.checkFailed;
          if (options.json) return printJson(details);
          printTable(
            [
              'id',
              'rule',
              'seed',
              'checkpoints',
              'analysed',
              'test error',
              'distance',
              'smallest distance',
              'at update',
            ],
            details.map((d) => {
              const closest = d.checkpointRows
                .filter((c) => typeof c.results['procrustes'] === 'number')
                .sort((a, b) => a.results['procrustes']! - b.results['procrustes']!)[0];
              return [
                d.id,
                d.ruleLabel,
                d.spec.seed,
                d.checkpoints,
                d.analyzed,
                rounded(d.testError),
                rounded(d.distance),
                rounded(closest?.results['procrustes'] ?? null),
                closest?.update ?? null,
              ];
            }),
          );
        },
        progress.emit,
      );
    });
}

/** Trained to the end, or up to where it failed. */
function worthAnalysing({ state }: RunRow): boolean {
  return state === 'done' || state === 'failed';
}
