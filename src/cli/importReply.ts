/** What an import asks for and what it tells, for every command that reads a recording. */
import { readFileSync } from 'node:fs';
import { mappingSchema } from '../app/mapping.ts';
import type { DatasetSummary, ImportReply } from '../app/contract.ts';
import type { FileToRead } from '../app/plan.ts';
import { assumptionOf } from '../core/data/layouts/assumptions.ts';
import { LabError } from '../core/errors.ts';
import { exitCodes, printJson, say } from './output.ts';

/** mapping: JSON text, or the name of a file with it */
export function fileToRead(path: string, mapping: string | undefined): FileToRead {
  return { path, ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }) };
}

/** The dataset, or what has to be said first and under which option. */
export function tell(reply: ImportReply, json: boolean | undefined, option: string): void {
  if (json) printJson(reply);
  if (reply.kind === 'question') return ask(reply.question, option);
  if (!json) process.stdout.write(`${lineOf(reply.dataset)}\n`);
  if (reply.files) sayOfFiles(reply.files);
  const { source, behaviour } = reply.dataset;
  for (const layout of [source.layout, behaviour?.source.layout]) {
    const assumption = layout === undefined ? null : assumptionOf(layout);
    if (assumption) say(assumption);
  }
}

/** Of a folder: how many files are in the dataset, and why the others are not. */
function sayOfFiles(files: NonNullable<Extract<ImportReply, { kind: 'dataset' }>['files']>): void {
  const dropped = files.filter(({ kept }) => !kept);
  for (const { file, why } of dropped) say(`Left out ${file}: ${why}`);
  say(
    `${files.length - dropped.length} of ${files.length} files kept; lrlab datasets files tells what was taken from each.`,
  );
}

function ask(
  { path, why, arrays, suggestion }: Extract<ImportReply, { kind: 'question' }>['question'],
  option: string,
) {
  say(`data.mapping: Importing "${path}": ${why}`);
  for (const { key, shape, dtype } of arrays) say(`  ${key ?? '(the array)'}: ${shape.join(' × ')}, ${dtype}`);
  const example = suggestion ? ` '${JSON.stringify(suggestion)}' (check it first)` : ' (see --help)';
  say(`Import it again with ${option}${example}.`);
  process.exitCode = exitCodes.error;
}

function lineOf({ id, name, simulated, behaviour, ...d }: DatasetSummary): string {
  const recorded = `${d.neurons} neurons × ${d.steps} steps × ${d.conditions} conditions, ${d.fromMs} to ${d.toMs} ms from ${d.alignment}`;
  const beside = behaviour
    ? `; ${behaviour.name}: ${behaviour.labels.length} signals, ${behaviour.fromMs} to ${behaviour.toMs} ms`
    : '';
  return `${id}  ${name}${simulated ? ' (simulated)' : ''}: ${recorded}${beside}`;
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
