/**
 * `npm run bench`: how long one weight change takes on each engine.
 *
 * The size of the published reach runs: 200 units, 100 trials of 300 steps, 3 inputs, 2 outputs; random input and target.
 * Engines take turns, round by round, so that a slow spell of the machine hits all of them; ratios are given of the
 * smallest times and as the median of per-round ratios. The slow engines join only some rounds.
 * Writes docs/benchmarks/weight-change.md.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { Network } from '../src/core/engines/engine.ts';
import { chooseEngine, type EngineRequest } from '../src/platform/engines/index.ts';
import { batch, setupOf, state } from './problem.ts';
import { median, table } from './table.ts';
import { rules } from '../src/core/rules/index.ts';

type Contender = { name: string; request: EngineRequest; everyRounds: number };

const rounds = 24;
const contenders: Contender[] = [
  { name: 'native, 1 thread', request: { engine: 'native-cpu', threads: 1 }, everyRounds: 1 },
  { name: 'native, 2 threads', request: { engine: 'native-cpu', threads: 2 }, everyRounds: 1 },
  { name: 'TensorFlow.js, wasm', request: { engine: 'tensorflow', backend: 'wasm' }, everyRounds: 8 },
  { name: 'reference (TypeScript)', request: { engine: 'reference' }, everyRounds: 8 },
];

const busy = loadavg()[0].toFixed(1);
const sections: string[] = [];
for (const ruleId of ['bptt', 'e-prop']) {
  const setup = setupOf(rules.get(ruleId));
  const networks: {
    contender: Contender;
    network: Network;
    description: string;
    times: Map<number, number>;
    cpuMs: number[];
  }[] = [];
  for (const contender of contenders) {
    const { engine } = await chooseEngine(contender.request, setup);
    const network = engine.open(setup, state);
    if (contender.everyRounds === 1) network.update(batch, null); // memory is reserved at the first update
    networks.push({ contender, network, description: engine.description, times: new Map(), cpuMs: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, network, times, cpuMs } of networks) {
      if (round % contender.everyRounds !== 0) continue;
      const cpuBefore = process.cpuUsage();
      const start = performance.now();
      network.update(batch, null);
      times.set(round, performance.now() - start);
      const { user, system } = process.cpuUsage(cpuBefore);
      cpuMs.push((user + system) / 1000);
    }
  }
  const fastest = networks[1].times;
  const rows = networks.map(({ contender, description, times, cpuMs }) => {
    const ratios = Array.from(times, ([round, time]) => time / fastest.get(round)!);
    const ms = [...times.values()];
    return [
      contender.name,
      description,
      Math.min(...ms).toFixed(1),
      median(ms).toFixed(1),
      Math.min(...cpuMs).toFixed(1),
      `${(Math.min(...ms) / Math.min(...fastest.values())).toFixed(2)} / ${median(ratios).toFixed(2)}`,
      String(times.size),
    ];
  });
  for (const { network } of networks) network.close();
  const header = [
    'engine',
    'what ran',
    'smallest ms',
    'median ms',
    'smallest CPU ms',
    'ratio to native, 2 threads: of smallest / median of rounds',
    'rounds',
  ];
  sections.push(`## ${setup.rule.label}\n\n${table(header, rows)}`);
}

const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}`;
const report = `# Time of one weight change

200 units, 100 trials × 300 steps, 3 inputs, 2 outputs, rectified tanh, Adam. Wall time, and time of all
processor cores together. Engines took turns round by round. Made by \`npm run bench\`.

Machine: ${machine}; other work at the start: load ${busy} of ${cpus().length} cores.

${sections.join('\n')}`;
console.log(report);
writeFileSync(path.resolve(import.meta.dirname, '../docs/benchmarks/weight-change.md'), report);
