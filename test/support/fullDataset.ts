/** A small recording with all that a dataset can have, for what has to keep all of it. */
import type { Dataset, SingleTrial } from '../../src/core/data/dataset.ts';
import { TorchRandom } from '../../src/core/math/random/torchRandom.ts';
import { tensor, zeros } from '../../src/core/math/tensor.ts';
import type { Precision, Tensor } from '../../src/core/math/tensor.ts';

const [neurons, steps, conditions] = [5, 16, 3];

type Choice = { seed?: number; trialsOf?: number; precision?: Precision };

/** trialsOf: single trials per condition, of all neurons together; 0: averages alone */
export function fullDataset({ seed = 1, trialsOf = 4, precision = 'float64' }: Choice = {}): Dataset {
  const random = TorchRandom.seeded(seed);
  const numbers = (shape: number[]): Tensor<Float64Array> => {
    const count = shape.reduce((n, extent) => n * extent, 1);
    return tensor(shape, Float64Array.from(random.randn(Math.max(16, count)).slice(0, count)));
  };
  const singleTrials: SingleTrial[] = [];
  for (let c = 0; c < conditions; c++) {
    for (let k = 0; k < trialsOf; k++) {
      singleTrials.push({ condition: c, neurons: [0, 1, 2, 3, 4], activity: numbers([neurons, steps]) });
    }
  }
  const averages = trialsOf > 0 ? averageOf(singleTrials) : numbers([neurons, steps, conditions]);
  const activity = precision === 'float32' ? tensor(averages.shape, Float32Array.from(averages.data)) : averages;
  return {
    name: 'Monkey – «Ä»/left: 1',
    simulated: false,
    activity,
    neuronNames: ['m1', '12', 'a,b', 'say "x"', 'ü\u{1f9e0}'],
    timeMs: Float64Array.from({ length: steps }, (_, t) => -133.3 + (10 / 3) * t),
    alignment: 'go cue',
    conditions: [
      { label: '0°', values: { directionDeg: 0 } },
      { label: 'left; far', values: { directionDeg: 180, distance: 0.1 } },
      { label: 'left, near', values: {} },
    ],
    kinematics: { handX: numbers([conditions, steps]), 'hand/Y %': numbers([conditions, steps]) },
    behaviour: {
      name: 'EMG',
      labels: ['biceps', 'triceps'],
      values: numbers([2, 9, conditions]),
      timeMs: Float64Array.from({ length: 9 }, (_, t) => 0.1 * t),
      source: { path: '/home/someone/emg.mat', sha256: 'e'.repeat(64), bytes: 5, format: 'mat', layout: 'x' },
    },
    ...(trialsOf > 0 ? { singleTrials } : {}),
    facts: { meanMovementMs: tensor([conditions], Float64Array.of(300, 310.5, 1 / 3)) },
    source: {
      path: '/home/someone/a b.npy',
      sha256: 'a'.repeat(64),
      bytes: 99,
      format: 'npy',
      layout: 'mapping {"a":1}',
    },
    files: [{ file: 'x.mat', sha256: 'f'.repeat(64), kept: false, why: 'too few trials' }],
  };
}

function averageOf(trials: readonly SingleTrial[]): Tensor<Float64Array> {
  const { shape, data } = zeros([neurons, steps, conditions]);
  for (const { condition, activity } of trials) {
    const of = trials.filter((other) => other.condition === condition).length;
    activity.data.forEach((value: number, i: number) => (data[i * conditions + condition] += value / of));
  }
  return tensor(shape, data as Float64Array);
}

export const exportFacts = {
  about: { notes: 'two\nlines «ü»', licence: 'CC BY 4.0', citation: 'Someone 2020' },
  importedAt: 1_700_000_000_000,
  contentSha256: 'c'.repeat(64),
  appVersion: '9.9.9',
};
