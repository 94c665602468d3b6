/** How the cost of an update grows with units, seeds, trials and steps. */
import type { Engine, TrainingSetup } from '../src/core/engines/engine.ts';
import { chooseEngine } from '../src/platform/engines/index.ts';
import type { Benchmark } from './benchmark.ts';
import { gflopOf } from './operations.ts';
import { firstState, reachProblem, setupOf, type Problem } from './problems.ts';
import { smallest, takeTurns, timeText, cpuTime, type Contender, type Times } from './rounds.ts';
import { table } from './table.ts';

const rounds = 10;
const rule = 'bptt';

export const scaling: Benchmark = {
  name: 'scaling',
  title: 'How the cost of an update grows',
  method:
    'Reach task, BPTT, native engine. Processor time of all threads, in ms, smallest / median of ' +
    `${rounds} rounds. Operations are counted as if no unit were silent: three products of (trials · steps) × units × ` +
    '(units + inputs + 1) and of the readout, a multiplication and an addition each.',
  async measure() {
    return [
      `## Units\n\n48 trials × 100 steps, one thread.\n\n${await units([50, 100, 200, 400, 800, 1600])}`,
      `## Seeds\n\nNetworks of 200 units side by side, 100 trials × 100 steps each, two threads.\n\n${await seeds([1, 2, 4, 8])}`,
      `## Trials\n\n200 units, 300 steps, one thread.\n\n${await growth('trials', [24, 48, 96, 192, 384])}`,
      `## Steps\n\n200 units, 48 trials, one thread.\n\n${await growth('steps', [75, 150, 300])}`,
    ].join('\n');
  },
};

async function units(sizes: readonly number[]): Promise<string> {
  const problems = new Map(sizes.map((n) => [String(n), reachProblem({ units: n, trials: 48, steps: 100 })]));
  const times = await timesOfSingles(problems);
  const rows = [...problems].map(([name, problem]) => {
    const gflop = gflopOf(problem);
    const ms = smallest(times, name);
    return [name, timeText(times, name), gflop.toFixed(2), ((1000 * gflop) / ms).toFixed(0)];
  });
  return table(['units', 'ms', 'GFLOP', 'GFLOP/s'], rows);
}

async function growth(what: 'trials' | 'steps', sizes: readonly number[]): Promise<string> {
  const fixed = what === 'trials' ? { steps: 300 } : { trials: 48 };
  const times = await timesOfSingles(
    new Map(sizes.map((size) => [String(size), reachProblem({ ...fixed, [what]: size })])),
  );
  return linearity(what, sizes, times);
}

async function seeds(counts: readonly number[]): Promise<string> {
  const problem = reachProblem({ trials: 100, steps: 100 });
  const { engine, setup } = await engineFor(problem, 2);
  const contenders = counts.map((count) => {
    const states = Array.from({ length: count }, (_, s) => firstState(problem, s + 1));
    const ensemble = engine.openMany(setup, states);
    const work = states.map(() => ({ batch: problem.batch, noise: null }));
    return { name: String(count), sample: () => cpuTime(() => ensemble.update(work)), close: () => ensemble.close() };
  });
  const times = await takeTurns(contenders, rounds);
  contenders.forEach(({ close }) => close());
  return linearity('seeds', counts, times);
}

/** Each problem's time, by its name. */
async function timesOfSingles(problems: ReadonlyMap<string, Problem>): Promise<Times> {
  const contenders: (Contender & { close: () => void })[] = [];
  for (const [name, problem] of problems) {
    const { engine, setup } = await engineFor(problem, 1);
    const network = engine.open(setup, firstState(problem));
    const sample = () => cpuTime(() => network.update(problem.batch, null));
    contenders.push({ name, sample, close: () => network.close() });
  }
  const times = await takeTurns(contenders, rounds);
  contenders.forEach(({ close }) => close());
  return times;
}

async function engineFor(problem: Problem, threads: number): Promise<{ engine: Engine; setup: TrainingSetup }> {
  const setup = setupOf(problem, rule);
  return { engine: (await chooseEngine({ engine: 'native-cpu', threads }, setup)).engine, setup };
}

/** ms for each size, per one of them, and relative to the largest, where fixed costs count least. */
function linearity(what: string, sizes: readonly number[], times: Times): string {
  const perOne = (size: number) => smallest(times, String(size)) / size;
  const last = perOne(sizes.at(-1)!);
  const rows = sizes.map((size) => [
    String(size),
    timeText(times, String(size)),
    perOne(size).toFixed(3),
    (perOne(size) / last).toFixed(2),
  ]);
  return table([what, 'ms', `ms per one of the ${what}`, 'relative to the last'], rows);
}
