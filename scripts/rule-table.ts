/**
 * Measures every learning rule against BPTT and writes docs/rules.md:
 *
 *   node scripts/rule-table.ts [--updates 500] [--units 100] [--trials 20] [--seeds 3] [--out docs/rules.md] [--kept FILE]
 *
 * Takes about ten minutes on one core. The reaching recording is that of SHARED_DIR (reference/data/hatsopoulos2007); where
 * it is absent, the bundled simulated one. The decision task makes its own trials. What was measured before with the same
 * settings is taken from FILE (JSON), where it is given, and what is measured is added to it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importDataset } from '../src/core/data/importDataset.ts';
import type { Dataset } from '../src/core/data/dataset.ts';
import { rules } from '../src/core/rules/index.ts';
import { tasks } from '../src/core/tasks/index.ts';
import { loadAddon } from '../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../src/platform/engines/nativeCpu.ts';
import { projectFolder, runTool } from './lib/run.ts';
import { Meter, type Measured, type Problem } from './ruleTable/measure.ts';
import { page, type Row } from './ruleTable/page.ts';

const { values: given } = parseArgs({
  options: {
    updates: { type: 'string', default: '500' },
    units: { type: 'string', default: '100' },
    trials: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '3' },
    kept: { type: 'string' },
    out: { type: 'string', default: path.join(projectFolder, 'docs/rules.md') },
  },
});
const [updates, units, trials, seedCount] = [given.updates, given.units, given.trials, given.seeds].map(Number);
const seeds = Array.from({ length: seedCount }, (_, i) => i + 1);

function reaching(): { dataset: Dataset; data: string } {
  const folder = path.join(process.env['SHARED_DIR'] ?? '', 'reference/data/hatsopoulos2007');
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.npy')) : undefined;
  const file = name ? path.join(folder, name) : path.join(projectFolder, 'resources/sample/simulated-reach.npz');
  const bytes = readFileSync(file);
  const reply = importDataset(bytes, { path: file, sha256: '', bytes: bytes.length });
  if (reply.kind !== 'dataset') throw new Error(`${file} is not recognised as a reaching recording`);
  return { dataset: reply.dataset, data: name ? 'recording of Hatsopoulos 2007' : 'bundled simulated recording' };
}

const reach = reaching();
const problems: (Problem & { label: string; data: string })[] = [{ id: 'reach', label: 'reach', trials, ...reach }];
const decision = tasks.all.find(({ id }) => id === 'context-decision');
if (decision) {
  const dataset = decision.protocol!({});
  const data = 'trials of Mante 2013 as generated, every condition once';
  problems.push({ id: decision.id, label: 'decision', trials: dataset.conditions.length, dataset, data });
}

const loaded = loadAddon();
if (!('addon' in loaded)) throw new Error(loaded.reason);
const engine = nativeCpuEngine(loaded.addon, { threads: 1 });
const meter = new Meter(engine, { updates, units });
const kept: Record<string, Measured | null> =
  given.kept !== undefined && existsSync(given.kept)
    ? (JSON.parse(readFileSync(given.kept, 'utf8')) as Record<string, Measured | null>)
    : {};
const rows: Row[] = [];
for (const rule of rules.all) {
  const byTask = [];
  for (const problem of problems) {
    const begin = performance.now();
    const key = [rule.id, problem.id, problem.data, problem.trials, units, updates, seeds].join();
    byTask.push((kept[key] ??= await meter.measure(rule, problem, seeds)));
    if (given.kept !== undefined) writeFileSync(given.kept, JSON.stringify(kept));
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    console.log(`${rule.label} on ${problem.label}: ${seconds} s`);
  }
  rows.push({ rule, byTask });
}
writeFileSync(given.out, page(rows, { tasks: problems, seeds, updates, units, engine: engine.description }));
runTool('prettier/bin/prettier.cjs', ['--write', given.out]);
