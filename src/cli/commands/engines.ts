/** `lrlab engines`: what can train here, why the rest cannot, and with `--test` whether it is right and how fast. */
import type { Command } from 'commander';
import type { CallOutput, Emit, EventPayload, SelfTest } from '../../app/contract.ts';
import { numbersInWords, speedInWords, whatWasTimed } from '../../app/engineWords.ts';
import { LabError } from '../../core/errors.ts';
import { exitCodes, printJson, printTable } from '../output.ts';
import { number } from '../planSettings.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = { test?: boolean; threads?: string; json?: boolean };

export function addEngines(program: Command, open: OpenPorts): void {
  program
    .command('engines')
    .description('list the training engines found on this machine, and why others were not taken')
    .option('--test', 'compare each with the reference engine and measure its speed (about ten seconds)')
    .option('--threads <n>', 'threads for the test (default: as set in the app, else one per core)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code 3: an engine failed its test.')
    .action((options: Options) =>
      withService(
        open,
        async ({ handlers }) => {
          const found = await handlers['engine.probe'](undefined);
          if (!options.test) return options.json ? printJson(found) : printEngines(found);
          process.once('SIGINT', () => void handlers['engine.cancelTest'](undefined));
          const test = await handlers['engine.test']({ threads: threadsOf(options) });
          if (test.tests.some((t) => !numbersInWords(t).passed)) process.exitCode ??= exitCodes.checkFailed;
          if (options.json) return printJson({ ...found, test });
          printEngines(found);
          printTests(test);
        },
        sayProgress,
      ),
    );
}

function threadsOf({ threads }: Options): number | undefined {
  const n = number(threads);
  if (n === undefined || (Number.isInteger(n) && n >= 1 && n <= 256)) return n;
  throw new LabError('engines.threads', `Reading "${threads}": expected a whole number of threads from 1 to 256.`);
}

function printEngines({ engines, automatic }: CallOutput<'engine.probe'>): void {
  printTable(
    ['engine', 'available', 'what', 'why'],
    engines.map((e) => [e.id, e.available ? (e.automatic ? 'yes' : 'on request') : 'no', e.description, e.reason]),
  );
  process.stdout.write(`\n${automatic.reason}${automatic.cost && ` ${automatic.cost}`}\n`);
}

function printTests({ tests, threads, seconds, cancelled }: SelfTest): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(`\n${whatWasTimed}, ${threads === 1 ? '1 thread' : `${threads} threads`}:\n`);
  printTable(
    ['engine', 'rule', 'alone', 'each of four'],
    tests.flatMap((test) => speedInWords(test).map((s) => [test.engine, s.rule, s.alone, s.together])),
  );
  process.stdout.write('\n');
  for (const test of tests) {
    const { passed, text } = numbersInWords(test);
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${test.engine}: ${text}\n`);
  }
  process.stdout.write(`${cancelled ? 'stopped' : 'tested'} after ${seconds.toFixed(0)} s\n`);
}

const sayProgress: Emit = (name, payload) => {
  if (name !== 'engine.testing') return;
  const { label, doing } = payload as EventPayload<'engine.testing'>;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${label}: ${doing}`);
};
