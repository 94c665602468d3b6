/** What an import asks for and what it tells, for every command that reads a recording. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { mappingSchema } from '../app/mapping.ts';
import { ratesSchema } from '../app/ratesSchema.ts';
import type { DatasetSummary, ImportReply, MappingQuestion, Spikes } from '../app/contract.ts';
import type { FileToRead } from '../app/plan.ts';
import { assumptionOf } from '../core/data/layouts/assumptions.ts';
import type { Mapping } from '../core/data/layouts/mapping.ts';
import { LabError } from '../core/errors.ts';
import { exitCodes, printJson, say } from './output.ts';

/** JSON text, the name of a file with it, or "suggested" */
export function ratesGiven(rates: string | undefined): Pick<FileToRead, 'rates'> {
  if (rates === undefined) return {};
  return { rates: rates === 'suggested' ? rates : readJson(rates, ratesSchema, 'rates') };
}

type Of = MappingQuestion['of'];

/**
 * Imports with the mappings that the options give: JSON text, the name of a file with it, or `guess` or `last` for the guess at
 * this file or what was said of the last one that is built alike. The latter are looked up when the question comes, so a file
 * that is understood by itself is.
 */
export async function answered(
  options: Partial<Record<Of, string | undefined>>,
  send: (given: { [of in Of]?: { mapping: Mapping } }) => ImportReply | Promise<ImportReply>,
): Promise<ImportReply> {
  const given: { [of in Of]?: { mapping: Mapping } } = {};
  for (const kind of ['activity', 'behaviour'] as const) {
    const option = options[kind];
    if (option !== undefined && !isWord(option)) given[kind] = { mapping: readJson(option, mappingSchema, 'mapping') };
  }
  for (;;) {
    const reply = await send(given);
    if (reply.kind !== 'question') return reply;
    const option = options[reply.question.of];
    if (given[reply.question.of] || option === undefined || !isWord(option)) return reply;
    given[reply.question.of] = { mapping: answerTo(reply.question, option) };
  }
}

const isWord = (option: string): option is 'guess' | 'last' => option === 'guess' || option === 'last';

function answerTo({ path, suggestion, last }: MappingQuestion, word: 'guess' | 'last'): Mapping {
  const mapping = word === 'last' ? last?.mapping : suggestion;
  if (mapping) {
    say(`Taken${last && word === 'last' ? `, as for ${last.file}` : ''}: ${JSON.stringify(mapping)}`);
    return mapping;
  }
  throw new LabError(
    'mapping.none',
    word === 'last'
      ? `Importing "${path}" as last time: no file that is built like this one has been given a mapping yet. Look at the guess (lrlab import ${path}) and give it with --mapping.`
      : `Importing "${path}" by a guess: there is none. Give a mapping.`,
  );
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

/** JSON that may stand between single quotes. */
const pasted = (mapping: Mapping): string => JSON.stringify(mapping).replaceAll("'", '\\u0027');

/** What is in the file, the guess with its reasons, and both answers ready to be pasted. */
function ask({ path, why, arrays, columns, suggestion, reasons, last }: MappingQuestion, option: string): void {
  say(`data.mapping: Importing "${path}": ${why}`);
  for (const { key, shape, dtype, list, value } of columns ? [] : arrays) {
    const what = value === undefined ? `${shape.join(' × ')}, ${dtype}` : String(value);
    say(`  ${key ?? '(the array)'}: ${what}${list ? ', a list of arrays' : ''}`);
  }
  for (const { name, numbers, levels, first } of columns ?? []) {
    say(`  ${name}: ${numbers ? 'numbers' : 'text'}, ${levels} different: ${first}, …`);
  }
  if (last) say(`As for ${last.file} (${option} last):\n  '${pasted(last.mapping)}'`);
  if (suggestion) {
    say(`A guess (${option} guess), to be checked and corrected:\n  '${pasted(suggestion)}'`);
    for (const [field, reason] of Object.entries(reasons)) say(`  ${field}: ${reason}`);
  }
  say(`Import it again with ${option} and the JSON above${suggestion ? '' : ' (see --help)'}.`);
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
  { path, why, units, trials, clock, tables, spikes, fromS, toS, columns, signals, suggestion, reasons }: Spikes,
  json: boolean | undefined,
): void {
  process.exitCode = exitCodes.error;
  if (json) return;
  say(`data.rates: Importing "${path}": it holds spikes, and how they become rates has to be said.`);
  for (const sentence of why) say(`  ${sentence}`);
  say(`  ${units.length} units, ${spikes} spikes from ${seconds(fromS)} to ${seconds(toS)} s, ${trials} trials`);
  if (clock) say(`  ${clock.why} Another clock: ticksPerSecond in --rates.`);
  if (tables.length > 1)
    say(`  tables of trials (--table): ${tables.map(({ name, rows }) => `${name} (${rows})`).join(', ')}`);
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
