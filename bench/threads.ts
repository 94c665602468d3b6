/** Cores, instruction sets, silent units and bf16: what each of them gives. */
import { alignGradients } from '../src/core/analysis/gradientAlignment.ts';
import type { Engine } from '../src/core/engines/engine.ts';
import type { ActivationId } from '../src/core/models/activations.ts';
import type { Parameters } from '../src/core/models/parameters.ts';
import { chooseEngine } from '../src/platform/engines/index.ts';
import { loadAddon } from '../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../src/platform/engines/nativeCpu.ts';
import type { Benchmark } from './benchmark.ts';
import { gflopOf } from './operations.ts';
import { startPeak } from './peak/peak.ts';
import { contextProblem, firstState, publishedProblems, reachProblem, setupOf, type Problem } from './problems.ts';
import { cpuTime, ratio, ratioText, takeTurns, timeText, wallTime, type Contender, type Times } from './rounds.ts';
import { table } from './table.ts';

const rounds = 16;
const ruleIds = ['bptt', 'e-prop'];
const seeds = 4;

export const threads: Benchmark = {
  name: 'threads',
  title: 'Cores, instruction sets, silent units, bf16',
  method:
    'Native engine. Times of an update in ms, smallest / median; ratios of the smallest times / median of the ratios per ' +
    `round, ${rounds} rounds. Each time is that of the second of two updates in a row, as in training. Work on one thread ` +
    'by processor time, comparisons of thread counts by the clock.',
  async measure() {
    return [
      `## One network on two cores\n\nTo reach: 1.8 times one core.\n\n${await oneNetwork()}`,
      `## ${seeds} seeds on two cores\n\nOne update of each. To reach: 2 times one core, within 5 %.\n\n${await manySeeds()}`,
      `## Instruction sets\n\nOne thread. To reach: x86_64_v3 at 85 % of the speed of x86_64_v4, which only a ` +
        'processor can give whose vectors of 512 bits pass through units of 256; the section on the peak has the share that ' +
        `each set reaches of what it can do at most.\n\n${await instructionSets()}`,
      `## Silent units left out, and the peak\n\nOne thread. A rectified tanh is exactly 0 for about half of the units, ` +
        'which are left out; with tanh none is, so all products are dense. The peak is that of fused multiply-adds in ' +
        'registers by the same instructions, measured in turn with the updates; operations are counted as if no unit were ' +
        'silent and no beginning shared. To reach: 80 % of the peak for the dense products.\n\n' +
        `${await shareOfPeak()}`,
      `## bf16 for the gradient's products\n\nOne thread. Cosine: between both gradients of the recurrent layer at the first weights.\n\n${await roundedGradients()}`,
    ].join('\n');
  },
};

async function oneNetwork(): Promise<string> {
  const rows: string[][] = [];
  for (const problem of publishedProblems()) {
    for (const rule of ruleIds) {
      const opened = [await single(problem, rule, 1), await single(problem, rule, 2)];
      const times = await turns(opened);
      rows.push([problem.name, rule, ...opened.map(({ name }) => timeText(times, name)), ratioText(times, '1', '2')]);
    }
  }
  return table(['task', 'rule', '1 thread', '2 threads', 'times as fast'], rows);
}

async function single(problem: Problem, rule: string, threads: number): Promise<Opened> {
  const setup = setupOf(problem, rule);
  const { engine } = await chooseEngine({ engine: 'native-cpu', threads }, setup);
  return open(String(threads), engine, problem, rule, 'retanh', wallTime);
}

async function manySeeds(): Promise<string> {
  const rows: string[][] = [];
  for (const problem of publishedProblems()) {
    for (const rule of ruleIds) {
      const opened: Opened[] = [];
      for (const threads of [1, 2]) {
        const setup = setupOf(problem, rule);
        const { engine } = await chooseEngine({ engine: 'native-cpu', threads }, setup);
        const states = Array.from({ length: seeds }, (_, s) => firstState(problem, s + 1));
        const ensemble = engine.openMany(setup, states);
        const work = states.map(() => ({ batch: problem.batch, noise: null }));
        const sample = () => inARow(() => ensemble.update(work), wallTime);
        opened.push({ name: String(threads), sample, close: () => ensemble.close() });
      }
      const times = await turns(opened);
      rows.push([problem.name, rule, timeText(times, '1'), timeText(times, '2'), ratioText(times, '1', '2')]);
    }
  }
  return table(['task', 'rule', '1 thread', '2 threads', 'times as fast'], rows);
}

async function instructionSets(): Promise<string> {
  const { addon } = requireAddon();
  const sets = addon.instructionSets;
  const rows: string[][] = [];
  for (const problem of [reachProblem(), contextProblem(400)]) {
    for (const rule of ruleIds) {
      const times = await turns(sets.map((set) => openWith(set, problem, rule)));
      const speeds = sets.slice(1).map((set) => ratioText(times, sets[0], set));
      rows.push([problem.name, rule, ...sets.map((set) => timeText(times, set)), ...speeds]);
    }
  }
  return table(['task', 'rule', ...sets, ...sets.slice(1).map((set) => `speed of ${set} to ${sets[0]}`)], rows);
}

async function shareOfPeak(): Promise<string> {
  const parts: string[] = [];
  for (const set of requireAddon().addon.instructionSets.slice(0, 2)) {
    const program = await startPeak(set);
    if (!program) return 'Not measured: there is no compiler here.';
    const rows: string[][] = [];
    const speeds: number[] = [];
    for (const problem of publishedProblems()) {
      for (const rule of ruleIds) {
        const gflop = gflopOf(problem, rule);
        const peakLoop = { name: 'peak', sample: async () => gflop / gigaflops(await program.ask<number>(''), speeds) };
        const contenders = (['retanh', 'tanh'] as const).map((activation) => openWith(set, problem, rule, activation));
        const times = await turns(contenders, [peakLoop]);
        const [sparse, dense] = contenders.map(({ name }) => name);
        const shares = [sparse, dense].map((name) => percentText(times, 'peak', name));
        const both = [timeText(times, sparse), timeText(times, dense), ratioText(times, dense, sparse)];
        rows.push([problem.name, rule, ...both, ...shares]);
      }
    }
    program.close();
    const header = ['task', 'rule', 'retanh', 'tanh', 'retanh times as fast', 'retanh of the peak', 'tanh of the peak'];
    parts.push(`### ${set}\n\nThe peak is ${Math.max(...speeds).toFixed(0)} GFLOP/s.\n\n${table(header, rows)}`);
  }
  return parts.join('\n');
}

/** Keeps a speed, and gives it in 10⁹ operations per ms. */
function gigaflops(perSecond: number, speeds: number[]): number {
  speeds.push(perSecond);
  return perSecond / 1000;
}

/** "71 / 73 %": of the smallest times / median over rounds. */
function percentText(times: Times, name: string, base: string): string {
  const { ofSmallest, ofRounds } = ratio(times, name, base);
  return `${(100 * ofSmallest).toFixed(0)} / ${(100 * ofRounds).toFixed(0)} %`;
}

async function roundedGradients(): Promise<string> {
  const { addon } = requireAddon();
  const precisions = ['float32', 'bf16'] as const;
  if (!addon.precisions?.cpu.includes('bf16')) return 'This processor has no products of bf16.\n';
  const engines = precisions.map((precision) => nativeCpuEngine(addon, { threads: 1, precision }));
  const rows: string[][] = [];
  for (const problem of publishedProblems()) {
    for (const rule of ruleIds) {
      for (const activation of ['retanh', 'tanh'] as const) {
        const times = await turns(
          engines.map((engine, i) => open(precisions[i], engine, problem, rule, activation, cpuTime)),
        );
        const [exact, rounded] = engines.map((engine) => gradientOf(engine, problem, rule, activation));
        const { cosine } = alignGradients(rounded, exact).find(({ part }) => part === 'recurrent')!;
        const cells = [...precisions.map((name) => timeText(times, name)), ratioText(times, 'float32', 'bf16')];
        rows.push([problem.name, rule, activation, ...cells, `1 − ${(1 - cosine!).toExponential(0)}`]);
      }
    }
  }
  return table(['task', 'rule', 'activation', ...precisions, 'times as fast', 'cosine'], rows);
}

function gradientOf(engine: Engine, problem: Problem, rule: string, activation: ActivationId): Parameters {
  const network = engine.open(setupOf(problem, rule, activation), firstState(problem));
  const { gradient } = network.gradient(problem.batch, null);
  network.close();
  return gradient;
}

type Opened = Contender & { close: () => void };

function openWith(instructionSet: string, problem: Problem, rule: string, activation: ActivationId = 'retanh'): Opened {
  const engine = nativeCpuEngine(requireAddon().addon, { threads: 1, instructionSet });
  const name = activation === 'retanh' ? instructionSet : `${instructionSet}, ${activation}`;
  return open(name, engine, problem, rule, activation, cpuTime);
}

function open(
  name: string,
  engine: Engine,
  problem: Problem,
  rule: string,
  activation: ActivationId,
  time: (work: () => void) => number,
): Opened {
  const network = engine.open(setupOf(problem, rule, activation), firstState(problem));
  return {
    name,
    sample: () => inARow(() => network.update(problem.batch, null), time),
    close: () => network.close(),
  };
}

/** Time of the second of two updates in a row: the first finds the caches as another contender left them. */
function inARow(update: () => void, time: (work: () => void) => number): number {
  update();
  return time(update);
}

async function turns(opened: readonly Opened[], others: readonly Contender[] = []) {
  const times = await takeTurns([...opened, ...others], rounds);
  opened.forEach(({ close }) => close());
  return times;
}

function requireAddon() {
  const loaded = loadAddon();
  if ('reason' in loaded) throw new Error(loaded.reason);
  return loaded;
}
