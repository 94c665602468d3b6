/**
 * `npm run bench [-- name …]`: runs all benchmarks or those named, and writes a page of docs/benchmarks for each.
 *
 * Contenders take turns, round by round, so that a slow spell of the machine hits all of them; ratios are within one run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { analysis } from './analysis.ts';
import type { Benchmark } from './benchmark.ts';
import { engines } from './engines.ts';
import { machine } from './machine.ts';
import { measures } from './measures.ts';
import { memory } from './memory.ts';
import { readers } from './readers.ts';
import { renderer } from './renderer.ts';
import { scaling } from './scaling.ts';
import { singularValues } from './singularValues.ts';
import { task } from './task.ts';
import { threads } from './threads.ts';
import { update } from './update.ts';

const all: readonly Benchmark[] = [
  update,
  engines,
  threads,
  scaling,
  memory,
  singularValues,
  analysis,
  measures,
  task,
  readers,
  renderer,
];
const folder = path.resolve(import.meta.dirname, '../docs/benchmarks');

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
for (const { name, title, method, measure } of all) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const before = machine();
  const body = await measure();
  const page = `# ${title}\n\n${method}\n\nMade by \`npm run bench -- ${name}\`. ${before}\n\n${body.trim()}\n`;
  console.log(page);
  writeFileSync(path.join(folder, `${name}.md`), page);
}
