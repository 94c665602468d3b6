/** `lrlab import`: a recording into the workspace. */
import type { Command } from 'commander';
import { LabError } from '../../core/errors.ts';
import { fileToRead, tell } from '../importReply.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = { mapping?: string; behaviour?: string; behaviourMapping?: string; json?: boolean };

export function addImport(program: Command, open: OpenPorts): void {
  program
    .command('import')
    .description('import a recording (.npy, .npz, .mat) as a dataset')
    .argument('<file>', 'the file')
    .option('--mapping <json>', 'which array, which axis is which: JSON text or a file with it')
    .option('--behaviour <file>', 'a second file with what was recorded beside the neurons, for example EMG')
    .option('--behaviour-mapping <json>', 'the same of the second file, its axes being signal, time and condition')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A plain array needs a mapping, for example
  --mapping '{"array":null,"axes":["neuron","time","condition"],"dtMs":10,"startMs":-800,"alignment":"movement onset","name":"Monkey A"}'`,
    )
    .action((file: string, { mapping, behaviour, behaviourMapping, json }: Options) =>
      withService(open, async ({ handlers }) => {
        const recording = fileToRead(file, mapping);
        if (behaviour === undefined) {
          if (behaviourMapping !== undefined) refuseLoneMapping();
          return tell(await handlers['dataset.import'](recording), json, '--mapping');
        }
        const second = fileToRead(behaviour, behaviourMapping);
        const reply = await handlers['dataset.import']({ ...recording, behaviour: second });
        const asked = reply.kind === 'question' && reply.question.of === 'behaviour';
        tell(reply, json, asked ? '--behaviour-mapping' : '--mapping');
      }),
    );
}

function refuseLoneMapping(): never {
  throw new LabError(
    'mapping.invalid',
    'Reading --behaviour-mapping: expected a file of behaviour, found none. Name it with --behaviour FILE.',
  );
}
