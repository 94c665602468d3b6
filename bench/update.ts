/** Time of one update, against PyTorch. */
import type { Network } from '../src/core/engines/engine.ts';
import { chooseEngine } from '../src/platform/engines/index.ts';
import type { Benchmark } from './benchmark.ts';
import { firstState, publishedProblems, setupOf, type Problem } from './problems.ts';
import { startTorch, type TorchProgram, type Variant } from './pytorch/program.ts';
import { cpuTime, ratioText, takeTurns, timeText, wallTime, type Contender, type Times } from './rounds.ts';
import { table } from './table.ts';

const rounds = 12;
const ruleIds = ['bptt', 'e-prop'] as const;
type RuleId = (typeof ruleIds)[number];

/** Times the published training's speed that one thread has to reach, and the goal beyond. */
const targets: Record<string, Record<RuleId, readonly [number, number]>> = {
  'reach N=200': { bptt: [5, 7], 'e-prop': [6.3, 9] },
  'Mante N=200': { bptt: [5, 7], 'e-prop': [6.5, 9] },
  'Mante N=400': { bptt: [3.1, 4.5], 'e-prop': [3.9, 6] },
};

/** Losses of the first update may differ by so much, relatively: other orders of summation in float32. */
const sameLoss = 1e-4;

export const update: Benchmark = {
  name: 'update',
  title: 'Time of one update',
  method:
    'One weight change: forward pass, loss, gradient, Adam; without drawing the trials. Reach: 100 trials × 300 steps, 3 ' +
    'inputs, 2 outputs, masked squared error, drawn from the simulated recording of the project. Mante: 72 trials × 113 ' +
    'steps, 9 inputs, 3 outputs, cross-entropy. Rectified tanh, activity penalty, weights as first drawn with seed 1.\n\n' +
    '"As published" re-states the published training loop in PyTorch: a Linear layer is called at each time step for ' +
    'input, recurrent weights and readout, noise is drawn though its size is 0, and the norm of the gradient is taken. ' +
    '"Best plain" is PyTorch with one product for all inputs and one for all readouts, addmm at each step, and no ' +
    'noise (`bench/pytorch/update.py`). All start from the same weights; the benchmark stops where the losses of the ' +
    `first update differ by more than ${sameLoss}. Contenders take turns for ${rounds} rounds. Times in ms, smallest / ` +
    'median; ratios of the smallest times / median of the ratios per round.',
  async measure() {
    const sections: string[] = [];
    for (const { threads, clock, say } of [
      { threads: 1, clock: 'cpu', say: 'One thread, processor time' },
      { threads: 2, clock: 'wall', say: 'Two threads on one network, time by the clock' },
    ] as const) {
      const rows: string[][] = [];
      for (const problem of publishedProblems()) {
        for (const rule of ruleIds) rows.push(await compare(problem, rule, threads, clock));
      }
      const header = [
        'task',
        'rule',
        'PyTorch as published',
        'best plain',
        'native',
        'times the published',
        'times plain',
      ];
      if (threads === 1) header.push('to reach');
      sections.push(`## ${say}\n\n${table(header, rows)}`);
    }
    return sections.join('\n');
  },
};

async function compare(problem: Problem, rule: RuleId, threads: number, clock: 'cpu' | 'wall'): Promise<string[]> {
  const setup = setupOf(problem, rule);
  const { engine } = await chooseEngine({ engine: 'native-cpu', threads }, setup);
  const network = engine.open(setup, firstState(problem));
  const torch = await startTorch(problem, threads);
  const contenders = [native(network, problem, clock)];
  if (torch) {
    const known = network.gradient(problem.batch, null).loss;
    for (const variant of ['plain', 'published'] as const) {
      const first = await torch.update(variant, rule);
      requireSameLoss(first.loss, known.main + known.activity, `${variant} ${problem.name} ${rule}`);
      contenders.push(pytorch(torch, variant, rule, clock));
    }
  }
  const times = await takeTurns(contenders, rounds);
  network.close();
  torch?.close();
  const row = [problem.name, rule, ...columns(times, torch !== null)];
  if (threads > 1) return row;
  const [least, goal] = targets[problem.name][rule];
  return [...row, `${least}, goal ${goal}`];
}

function native(network: Network, { batch }: Problem, clock: 'cpu' | 'wall'): Contender {
  const time = clock === 'cpu' ? cpuTime : wallTime;
  return { name: 'native', sample: () => time(() => network.update(batch, null)) };
}

function pytorch(torch: TorchProgram, variant: Variant, rule: string, clock: 'cpu' | 'wall'): Contender {
  return {
    name: variant,
    async sample() {
      const { cpuMs, wallMs } = await torch.update(variant, rule);
      return clock === 'cpu' ? cpuMs : wallMs;
    },
  };
}

function columns(times: Times, hasTorch: boolean): string[] {
  const own = timeText(times, 'native');
  if (!hasTorch) return ['no PyTorch here', 'no PyTorch here', own, '', ''];
  return [
    timeText(times, 'published'),
    timeText(times, 'plain'),
    own,
    ratioText(times, 'published', 'native'),
    ratioText(times, 'plain', 'native'),
  ];
}

function requireSameLoss(found: number, known: number, what: string): void {
  if (Math.abs(found / known - 1) < sameLoss) return;
  throw new Error(`${what}: expected the loss ${known} of the native engine at the first update, found ${found}`);
}
