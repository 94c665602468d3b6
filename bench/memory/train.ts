/** train.ts PROBLEM THREADS UPDATES: trains one network in this process and prints by how much the process has grown. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chooseEngine } from '../../src/platform/engines/index.ts';
import { firstState, publishedProblems, setupOf } from '../problems.ts';

export type MemoryAnswer = { grownMiB: number };

const [name, threads, updates] = process.argv.slice(2);
const problem = publishedProblems().find((known) => known.name === name)!;
const setup = setupOf(problem, 'bptt');
const { engine } = await chooseEngine({ engine: 'native-cpu', threads: Number(threads) }, setup);
const state = firstState(problem);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
for (let pass = 0; pass < 3; pass++) {
  collectGarbage(); // what the start left behind is not counted
  await setTimeout(200); // it is handed back to the system in the background
}
writeFileSync('/proc/self/clear_refs', '5'); // the peak counts from here
const before = inMiB('VmRSS');
const network = engine.open(setup, state);
for (let update = 0; update < Number(updates); update++) network.update(problem.batch, null);
const answer: MemoryAnswer = { grownMiB: inMiB('VmHWM') - before };
network.close();
console.log(JSON.stringify(answer));

function inMiB(key: string): number {
  const line = readFileSync('/proc/self/status', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(key))!;
  return Number(/\d+/.exec(line)![0]) / 1024;
}
