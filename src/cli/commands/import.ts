/** `lrlab import`: a recording into the workspace. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { mappingSchema } from '../../app/mapping.ts';
import { LabError } from '../../core/errors.ts';
import { exitCodes, printJson, say } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = { mapping?: string; json?: boolean };

export function addImport(program: Command, open: OpenPorts): void {
  program
    .command('import')
    .description('import a recording (.npy, .npz, .mat) as a dataset')
    .argument('<file>', 'the file')
    .option('--mapping <json>', 'which array, which axis is which: JSON text or a file with it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A plain array needs a mapping, for example
  --mapping '{"array":null,"axes":["neuron","time","condition"],"dtMs":10,"startMs":-800,"alignment":"movement onset","name":"Monkey A"}'`,
    )
    .action((file: string, options: Options) =>
      withService(open, async ({ handlers }) => {
        const mapping = options.mapping === undefined ? undefined : readMapping(options.mapping);
        const reply = await handlers['dataset.import']({ path: file, ...(mapping ? { mapping } : {}) });
        if (options.json) printJson(reply);
        if (reply.kind === 'question') {
          say(`data.mapping: Importing "${file}": ${reply.question.why}`);
          for (const { key, shape, dtype } of reply.question.arrays) {
            say(`  ${key ?? '(the array)'}: ${shape.join(' × ')}, ${dtype}`);
          }
          const example = reply.question.suggestion;
          say(
            `Import it again with --mapping${example ? ` '${JSON.stringify(example)}' (check it first)` : ' (see --help)'}.`,
          );
          process.exitCode = exitCodes.error;
          return;
        }
        const d = reply.dataset;
        if (!options.json) {
          process.stdout.write(
            `${d.id}  ${d.name}${d.simulated ? ' (simulated)' : ''}: ${d.neurons} neurons × ${d.steps} steps × ${d.conditions} conditions, ` +
              `${d.fromMs} to ${d.toMs} ms from ${d.alignment}\n`,
          );
        }
      }),
    );
}

function readMapping(text: string): ReturnType<typeof mappingSchema.parse> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8'));
  } catch (error) {
    throw new LabError(
      'mapping.unreadable',
      `Reading the mapping: ${(error as Error).message}. Give JSON text or the path of a JSON file.`,
    );
  }
  const mapping = mappingSchema.safeParse(parsed);
  if (mapping.success) return mapping.data;
  const issues = mapping.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  throw new LabError('mapping.invalid', `Reading the mapping: ${issues}. See lrlab import --help.`);
}
