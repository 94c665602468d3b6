/** The engines against each other: what it costs to have none of the native ones. */
import { chooseEngine, type EngineRequest } from '../src/platform/engines/index.ts';
import type { Benchmark } from './benchmark.ts';
import { firstState, reachProblem, setupOf } from './problems.ts';
import { ratioText, takeTurns, timeText, wallTime } from './rounds.ts';
import { table } from './table.ts';

const rounds = 3;
const requests: Record<string, EngineRequest> = {
  native: { engine: 'native-cpu', threads: 1 },
  'TensorFlow.js': { engine: 'tensorflow' },
  reference: { engine: 'reference' },
};

export const engines: Benchmark = {
  name: 'engines',
  title: 'Time of one update on each engine',
  method:
    'Reach task, 200 units, 100 trials × 300 steps. By the clock, in ms, smallest / median; ratios of the smallest times / ' +
    `median of the ratios per round, ${rounds} rounds.`,
  async measure() {
    const problem = reachProblem();
    const rows: string[][] = [];
    for (const rule of ['bptt', 'e-prop']) {
      const setup = setupOf(problem, rule);
      const opened = [];
      for (const [name, request] of Object.entries(requests)) {
        const { engine } = await chooseEngine(request, setup);
        const network = engine.open(setup, firstState(problem));
        opened.push({ name, engine, network, sample: () => wallTime(() => network.update(problem.batch, null)) });
      }
      const times = await takeTurns(opened, rounds);
      for (const { name, engine, network } of opened) {
        network.close();
        rows.push([rule, name, engine.description, timeText(times, name), ratioText(times, name, 'native')]);
      }
    }
    return table(['rule', 'engine', 'what ran', 'ms', 'times native'], rows);
  },
};
