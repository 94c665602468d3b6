/** What drawing the trials costs, as a share of an update. */
import { NumpyRandom } from '../src/core/math/random/numpyRandom.ts';
import { chooseEngine } from '../src/platform/engines/index.ts';
import type { Benchmark } from './benchmark.ts';
import { firstState, reachProblem, reachTask, setupOf } from './problems.ts';
import { cpuTime, ratio, takeTurns, timeText, wallTime } from './rounds.ts';
import { table } from './table.ts';

const rounds = 30;
const trials = 100;

export const task: Benchmark = {
  name: 'task',
  title: 'Drawing the trials of an update',
  method:
    `A batch of the reach task (${trials} trials × 300 steps, 3 inputs, 2 outputs) is drawn for every update. One thread by processor time, two by the clock, ` +
    `in ms, smallest / median of ${rounds} rounds in turn with updates of a network with 200 units. To reach: 3 % of an update.`,
  async measure() {
    const problem = reachProblem({ trials });
    const random = NumpyRandom.seeded(1);
    const posed = reachTask();
    const rows: string[][] = [];
    for (const rule of ['bptt', 'e-prop']) {
      for (const threads of [1, 2]) {
        const time = threads === 1 ? cpuTime : wallTime;
        const draw = { name: 'draw', sample: () => time(() => posed.draw(random, trials)) };
        const setup = setupOf(problem, rule);
        const { engine } = await chooseEngine({ engine: 'native-cpu', threads }, setup);
        const network = engine.open(setup, firstState(problem));
        const update = { name: 'update', sample: () => time(() => network.update(problem.batch, null)) };
        const times = await takeTurns([draw, update], rounds);
        network.close();
        const { ofSmallest, ofRounds } = ratio(times, 'draw', 'update');
        const share = `${(100 * ofSmallest).toFixed(1)} % / ${(100 * ofRounds).toFixed(1)} %`;
        rows.push([rule, String(threads), timeText(times, 'draw', 2), timeText(times, 'update'), share]);
      }
    }
    return table(['rule', 'threads', 'draw', 'update', 'share: of smallest / median of rounds'], rows);
  },
};
