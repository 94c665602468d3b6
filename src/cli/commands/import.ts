/** `lrlab import`: a recording into the workspace. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { FileToRead } from '../../app/plan.ts';
import { defaultUnitOptions, unitSelections } from '../../core/data/rawMante/options.ts';
import type { UnitOptions } from '../../core/data/rawMante/options.ts';
import { LabError } from '../../core/errors.ts';
import { answered, ratesGiven, tell } from '../importReply.ts';
import { readingProgress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = UnitChoice & {
  mapping?: string;
  rates?: string;
  table?: string;
  behaviour?: string;
  behaviourMapping?: string;
  json?: boolean;
};
type UnitChoice = { dt?: string; selection?: string };

export function addImport(program: Command, open: OpenPorts): void {
  program
    .command('import')
    .description('import a recording (.npy, .npz, .mat, …), or a folder of single units (Mante 2013), as a dataset')
    .argument('<file>', 'the file, or the folder')
    .option('--mapping <json>', 'which array, which axis is which: JSON text, a file with it, guess or last')
    .option('--rates <json>', 'how spikes become rates: JSON text, a file with it, or suggested')
    .option(
      '--table <name>',
      'of a file of spikes with several tables of trials: which is told of, or taken with suggested',
    )
    .option('--behaviour <file>', 'a second file with what was recorded beside the neurons, for example EMG')
    .option('--behaviour-mapping <json>', 'the same of the second file, its axes being signal, time and condition')
    .option('--dt <ms>', 'of a folder of units: length of a step (default: 15)')
    .addOption(
      new Option(
        '--selection <rules>',
        'of a folder of units: which trials and units are taken (default: published)',
      ).choices(unitSelections),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A file that no layout recognises needs a mapping, for example
  --mapping '{"array":null,"axes":["neuron","time","condition"],"dtMs":10,"startMs":-800,"alignment":"movement onset","name":"Monkey A"}'
Without one, a guess is printed, ready to be pasted; --mapping guess takes it, --mapping last takes what was said of the last
file that is built alike. All that a mapping may say: docs/formats.md.

Spikes (NWB, or arrays of spike times with a table of trials) need to be told how they become rates. Without --rates the
import prints what is in the file and options to begin with; --rates suggested takes those. --table chooses among several
tables of trials.`,
    )
    .action(async (file: string, { mapping, rates, table, behaviour, behaviourMapping, json, ...units }: Options) => {
      const progress = readingProgress();
      const work = withService(
        open,
        async ({ handlers }) => {
          const recording = {
            path: file,
            ...ratesGiven(rates),
            ...(table === undefined ? {} : { table }),
            ...unitsOf(units),
          };
          process.once('SIGINT', () => void handlers['dataset.cancelImport']({ path: file }));
          if (behaviour === undefined && behaviourMapping !== undefined) refuseLoneMapping();
          const reply = await answered({ activity: mapping, behaviour: behaviourMapping }, (given) =>
            handlers['dataset.import']({
              ...recording,
              ...given.activity,
              ...(behaviour === undefined ? {} : { behaviour: { path: behaviour, ...given.behaviour } }),
            }),
          );
          const asked = reply.kind === 'question' && reply.question.of === 'behaviour';
          tell(reply, json, asked ? '--behaviour-mapping' : '--mapping');
        },
        progress.emit,
      );
      await work.finally(() => progress.finish());
    });
}

function unitsOf({ dt, selection }: UnitChoice): Pick<FileToRead, 'units'> {
  if (dt === undefined && selection === undefined) return {};
  const dtMs = dt === undefined ? defaultUnitOptions.dtMs : Number(dt);
  if (!(dtMs > 0)) {
    throw new LabError(
      'units.dt',
      `Reading --dt: expected milliseconds above 0, found "${dt}". Give for example --dt 15.`,
    );
  }
  return { units: { dtMs, selection: (selection ?? defaultUnitOptions.selection) as UnitOptions['selection'] } };
}

function refuseLoneMapping(): never {
  throw new LabError(
    'mapping.invalid',
    'Reading --behaviour-mapping: expected a file of behaviour, found none. Name it with --behaviour FILE.',
  );
}
