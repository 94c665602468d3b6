/** How much a process grows when it trains one network. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import type { MemoryAnswer } from './memory/train.ts';
import { contextProblem, reachProblem, type Problem } from './problems.ts';
import { startTorch } from './pytorch/program.ts';
import { table } from './table.ts';

const updates = 10;

/** MiB that training one network may take. */
const targets: Record<string, number> = { 'reach N=200': 16, 'Mante N=400': 24 };

export const memory: Benchmark = {
  name: 'memory',
  title: 'Memory that training takes',
  method:
    'Resident memory of a process (Linux, VmHWM): its peak while one network is opened and trained for ' +
    `${updates} updates with BPTT, less what was resident before, with the batch in memory and the addon loaded. In MiB. ` +
    'PyTorch likewise, from after its import and reading of the same batch.',
  async measure() {
    if (!existsSync('/proc/self/clear_refs')) return 'Not measured: this system has no /proc.';
    const rows: string[][] = [];
    for (const problem of [reachProblem(), contextProblem(400)]) {
      for (const threads of [1, 2]) {
        const { grownMiB } = trainInChild(problem, threads);
        const torch = await torchGrowth(problem, threads);
        const limit = `${targets[problem.name]}`;
        rows.push([problem.name, String(threads), grownMiB.toFixed(1), ...torch, limit]);
      }
    }
    return table(['task', 'threads', 'native', 'PyTorch as published', 'best plain', 'to reach'], rows);
  },
};

function trainInChild({ name }: Problem, threads: number): MemoryAnswer {
  const program = path.join(import.meta.dirname, 'memory/train.ts');
  const { status, stdout } = spawnSync(process.execPath, [program, name, String(threads), String(updates)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // every array of the engine is mapped anew, so that none hides in what an earlier one left resident
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '65536' },
  });
  if (status !== 0) throw new Error(`Training ${name} in a child process failed with status ${status}`);
  return JSON.parse(stdout) as MemoryAnswer;
}

async function torchGrowth(problem: Problem, threads: number): Promise<string[]> {
  const grown: string[] = [];
  for (const variant of ['published', 'plain'] as const) {
    const torch = await startTorch(problem, threads); // each in a process of its own
    if (!torch) return ['no PyTorch here', 'no PyTorch here'];
    for (let update = 0; update < updates; update++) await torch.update(variant, 'bptt');
    grown.push((await torch.peak()).toFixed(0));
    torch.close();
  }
  return grown;
}
