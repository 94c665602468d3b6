/** The analysis of a checkpoint against numpy's LAPACK. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activityMatrix } from '../src/core/analysis/activityMatrix.ts';
import { analyzeCheckpoint } from '../src/core/analysis/analyzeCheckpoint.ts';
import { comparerOf } from '../src/core/analysis/measure.ts';
import { normalizedWithData } from '../src/core/analysis/protocols/normalizedWithData.ts';
import { drawHalves } from '../src/core/analysis/unitSubsets.ts';
import { NumpyGenerator } from '../src/core/math/random/numpyGenerator.ts';
import { TorchRandom } from '../src/core/math/random/torchRandom.ts';
import { tensor } from '../src/core/math/tensor.ts';
import type { Tensor } from '../src/core/math/tensor.ts';
import { averageOverConditions, byCondition } from '../src/core/metrics/conditions.ts';
import { participationRatio } from '../src/core/metrics/participationRatio.ts';
import { procrustes } from '../src/core/metrics/procrustes.ts';
import { chooseEngine } from '../src/platform/engines/index.ts';
import { loadAddon } from '../src/platform/engines/nativeAddon.ts';
import { nativeLinearAlgebra } from '../src/platform/engines/nativeLinear.ts';
import type { Benchmark } from './benchmark.ts';
import type { LineProgram } from './lineProgram.ts';
import { firstState, reachTask, setupOf } from './problems.ts';
import { pythonWith, startPython } from './python.ts';
import { ratioText, takeTurns, timeText, wallTime } from './rounds.ts';
import { table } from './table.ts';

const rounds = 15;
const draws = 100;
const seed = 0;
const [neurons, units] = [141, 200];

export const analysis: Benchmark = {
  name: 'analysis',
  title: 'Analysis of a checkpoint, and normalising with data',
  method:
    'Sizes of the published reaching analysis: 200 units, 141 neurons, 8 conditions of 121 steps, trials of 250 steps. The ' +
    'task is the simulated reach, the recording random smooth activity. A checkpoint: forward pass in float32, Procrustes ' +
    `distance, participation ratio. ${draws} draws: three Procrustes distances of 70 units and neurons each, drawing included ` +
    'here and not for numpy. The same matrices for both, which agree to 1e-5 (forward passes in float32) and 1e-9. One thread; ' +
    `by the clock, in ms, smallest / median; ratio of the smallest times / median of the ratios per round, ${rounds} rounds. ` +
    'To reach: 1.',
  async measure() {
    const loaded = loadAddon();
    const linear = 'addon' in loaded ? nativeLinearAlgebra(loaded.addon) : undefined;
    const task = reachTask();
    const problem = { name: 'reach', units, loss: 'mean-squared-error', batch: task.analysis.batch } as const;
    const { engine } = await chooseEngine({ engine: 'auto', threads: 1 }, setupOf(problem, 'bptt'));
    const state = firstState(problem);
    const network = engine.open(setupOf(problem, 'bptt'), state);
    const conditions = problem.batch.trials;
    const activity = activityMatrix(network.forward(problem.batch.input).rates, task.analysis);
    const recording = smoothActivity(activity.shape[0], neurons);
    const byConditions = { activity: byCondition(activity, conditions), recording: byCondition(recording, conditions) };

    const metrics = [procrustes, participationRatio];
    const analyse = () => analyzeCheckpoint({ network, task, recording, metrics, testSet: null, linear });
    const comparer = comparerOf({ metric: procrustes.id, settings: {} }, linear);
    const normalise = () => {
      const random = NumpyGenerator.seeded(seed);
      return normalizedWithData.apply({ ...byConditions, sameNeurons: false, comparer, draws, random });
    };

    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
    const { a0, Win, Wrec, b } = state.parameters;
    const average = averageOverConditions(byConditions.recording);
    const { start, stop } = task.analysis;
    const window = tensor([2], Float64Array.of(start, stop));
    const numpy = await startNumpy(path.join(folder, 'given.f64'), {
      ...{ a0, Win, Wrec, b, input: problem.batch.input, window, activity, recording, splits: splits() },
      average: tensor(recording.shape, average.data),
    });
    const about = numpy && (await numpy.ask<{ numpy: string; blas: string }>('about'));

    const rows = [];
    for (const [work, title, run] of [
      ['checkpoint', 'a checkpoint', () => analyse().map(({ value }) => value!)],
      ['draws', `${draws} draws`, () => [normalise()['normalized'].value]],
    ] as const) {
      if (numpy) requireAgreement(run(), (await numpy.ask<Answer>(work)).values, work === 'draws' ? 1e-9 : 1e-5);
      const contenders = [
        ...(numpy ? [{ name: 'numpy', sample: async () => (await numpy.ask<Answer>(work)).ms }] : []),
        { name: 'here', sample: () => wallTime(run) },
      ];
      const times = await takeTurns(contenders, rounds);
      const ratio = numpy ? [timeText(times, 'numpy'), ratioText(times, 'here', 'numpy')] : ['not here', ''];
      rows.push([title, ratio[0], timeText(times, 'here'), ratio[1]]);
    }
    network.close();
    numpy?.close();
    rmSync(folder, { recursive: true });
    const who = about ? `numpy ${about.numpy} (${about.blas})` : 'No numpy here';
    return `${who}; forward pass here: ${engine.description}.\n\n${table(['work', 'numpy', 'here', 'here to numpy'], rows)}`;
  },
};

type Answer = { ms: number; values: number[] };

/** With the arrays in its hands; null where there is no numpy. */
async function startNumpy(file: string, given: Readonly<Record<string, Tensor>>): Promise<LineProgram | null> {
  const python = pythonWith('numpy');
  if (python === null) return null;
  const bytes = Object.values(given).map(({ data }) => Buffer.from(Float64Array.from(data).buffer));
  writeFileSync(file, Buffer.concat(bytes));
  const program = await startPython(python, path.join(import.meta.dirname, 'analysis/pipeline.py'), [file]);
  await program.ask(
    JSON.stringify(Object.fromEntries(Object.entries(given).map(([name, { shape }]) => [name, shape]))),
  );
  return program;
}

/** draws × (first half, second half, units) × 70: what `normalizedWithData` draws. */
function splits(): Tensor {
  const random = NumpyGenerator.seeded(seed);
  const drawn = Array.from({ length: draws }, () => {
    const [first, second] = drawHalves(neurons, random);
    return [...first, ...second, ...random.permutation(units).slice(0, first.length)];
  });
  return tensor([draws, 3, drawn[0].length / 3], Float64Array.from(drawn.flat()));
}

/** Neurons that follow ten smooth courses, and noise: samples × neurons. */
function smoothActivity(samples: number, count: number): Tensor {
  const random = TorchRandom.seeded(7);
  const [weights, noise] = [random.randn(10 * count), random.randn(samples * count)];
  return tensor(
    [samples, count],
    Float64Array.from({ length: samples * count }, (_, k) => {
      const [t, i] = [Math.floor(k / count), k % count];
      let rate = 0.2 * noise[k];
      for (let course = 0; course < 10; course++) rate += weights[10 * i + course] * Math.sin((t * (course + 1)) / 40);
      return rate;
    }),
  );
}

function requireAgreement(here: readonly number[], there: readonly number[], tolerance: number): void {
  const apart = here.some((value, i) => !(Math.abs(value - there[i]) < tolerance * Math.max(1, Math.abs(value))));
  if (apart) throw new Error(`numpy finds ${there.join(', ')}, not ${here.join(', ')}`);
}
