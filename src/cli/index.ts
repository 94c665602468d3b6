/** `lrlab`: the application from the command line. Results go to stdout, progress and errors to stderr. */
import { Command, CommanderError } from 'commander';
import { composePorts, programFolder } from '../platform/compose.ts';
import { thisMachine } from '../platform/machine.ts';
import { addAnalyze } from './commands/analyze.ts';
import { addDatasets } from './commands/datasets.ts';
import { addDemo } from './commands/demo.ts';
import { addEngines } from './commands/engines.ts';
import { addFigure } from './commands/figure.ts';
import { addImport } from './commands/import.ts';
import { addMeasure } from './commands/measure.ts';
import { addMetrics } from './commands/metrics.ts';
import { addModels } from './commands/models.ts';
import { addReport } from './commands/report.ts';
import { addReproduce } from './commands/reproduce.ts';
import { addRules } from './commands/rules.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addStats } from './commands/stats.ts';
import { addTrain } from './commands/train.ts';
import { addView } from './commands/view.ts';
import { exitCodes, report } from './output.ts';

const { appVersion } = thisMachine('cli', programFolder(import.meta.dirname));

const program = new Command('lrlab')
  .description('Train recurrent networks with several learning rules and compare them with neural recordings.')
  .version(appVersion)
  .option('--home <folder>', 'workspace folder (default: LRLAB_HOME, or the place where the system keeps program data)')
  .addHelpText(
    'after',
    `
Exit codes: 0 done, 1 error, 2 wrong use, 3 done but a check failed or a run did not finish, 130 interrupted.
Example: lrlab train --data recording.npy --rules bptt,e-prop --seeds 1-3 --out results`,
  )
  .showHelpAfterError('(lrlab --help or lrlab COMMAND --help tells more)')
  .exitOverride();

for (const add of [
  addImport,
  addDatasets,
  addTrain,
  addRuns,
  addAnalyze,
  addMeasure,
  addMetrics,
  addFigure,
  addStats,
  addModels,
  addServe,
  addDemo,
  addReproduce,
  addReport,
  addEngines,
  addRules,
  addView,
]) {
  add(program, () => composePorts({ host: 'cli', workspace: program.opts<{ home?: string }>().home }));
}

// a reader that has seen enough, such as `head`, is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : exitCodes.error),
);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.wrongUse;
  else process.exitCode = report(error);
}
