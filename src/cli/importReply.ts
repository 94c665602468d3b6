/** What an import asks for and what it tells, for every command that reads a recording. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { mappingSchema } from '../app/mapping.ts';
import { ratesSchema } from '../app/ratesSchema.ts';
import type { DatasetSummary, ImportReply, Spikes } from '../app/contract.ts';
import type { FileToRead } from '../app/plan.ts';
import { assumptionOf } from '../core/data/layouts/assumptions.ts';
import { LabError } from '../core/errors.ts';
import { exitCodes, printJson, say } from './output.ts';

/** mapping: JSON text, or the name of a file with it; rates: the same, or "suggested" */
export function fileToRead(path: string, mapping: string | undefined, rates?: string): FileToRead {
  return {
    path,
    ...(mapping === undefined ? {} : { mapping: readJson(mapping, mappingSchema, 'mapping') }),
    ...(rates === undefined ? {} : { rates: rates === 'suggested' ? rates : readJson(rates, ratesSchema, 'rates') }),
  };
}

/** The dataset, or what has to be said first and under which option. */
export function tell(reply: ImportReply, json: boolean | undefined, option: string): void {
  if (json) printJson(reply);
  if (reply.kind === 'question') return ask(reply.question, option);
  if (reply.kind === 'spikes') return askForRates(reply.spikes, json);
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

/** What is in a file of spikes, and options to begin with. */
function askForRates(
  { path, why, units, trials, spikes, fromS, toS, columns, signals, suggestion, reasons }: Spikes,
  json: boolean | undefined,
): void {
  process.exitCode = exitCodes.error;
  if (json) return;
  say(`data.rates: Importing "${path}": it holds spikes, and how they become rates has to be said.`);
  for (const sentence of why) say(`  ${sentence}`);
  say(`  ${units.length} units, ${spikes} spikes from ${seconds(fromS)} to ${seconds(toS)} s, ${trials} trials`);
  for (const { name, kind, missing, distinct } of columns) {
    const values = kind === 'event' ? 'times of an event' : distinct ? `${kind}s: ${distinct.join(', ')}` : `${kind}s, many`; // prettier-ignore
    say(`  ${name}: ${values}${missing > 0 ? `; ${missing} missing` : ''}`);
  }
  if (signals.length > 0) say(`  measured beside: ${signals.join(', ')}`);
  for (const [what, reason] of Object.entries(reasons)) say(`  suggested ${what}: ${reason}`);
  say('Import it again with --rates suggested, or with this after your changes:');
  say(`  --rates '${JSON.stringify(suggestion).replaceAll("'", "'\\''")}'`);
}

const seconds = (s: number): number => Math.round(100 * s) / 100;

function readJson<S extends z.ZodType>(text: string, schema: S, what: 'mapping' | 'rates'): z.output<S> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8'));
  } catch (error) {
    throw new LabError(
      `${what}.unreadable`,
      `Reading the ${what}: ${(error as Error).message}. Give JSON text or the path of a JSON file.`,
    );
  }
  const read = schema.safeParse(parsed);
  if (read.success) return read.data;
  const issues = read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  throw new LabError(`${what}.invalid`, `Reading the ${what}: ${issues}. See lrlab import --help.`);
}
