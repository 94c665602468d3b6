import type { Behaviour, Dataset } from '../../src/core/data/dataset.ts';
import { tensor } from '../../src/core/math/tensor.ts';

type Value = (row: number, ms: number, condition: number) => number;

function cube(rows: number, timeMs: Float64Array, conditions: number, value: Value): Behaviour['values'] {
  const steps = timeMs.length;
  const data = Float64Array.from({ length: rows * steps * conditions }, (_, i) =>
    value(Math.floor(i / (steps * conditions)), timeMs[Math.floor(i / conditions) % steps], i % conditions),
  );
  return tensor([rows, steps, conditions], data);
}

const source = { path: '', sha256: '', bytes: 0, format: 'mat', layout: 'sussillo2015' };
const times = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, t) => 400 - 10 * (count - 1 - t));

/** Simulated: as what comes of both files of Sussillo et al. 2015, with few neurons, muscles and conditions. */
export function muscleDataset(
  { neurons = 6, muscles = 2, conditions = 4 } = {},
  rate: Value = (n, ms, c) => Math.sin(n + 1) * Math.cos(c + ms / 300) + Math.cos(3 * n * c),
  emg: Value = (m, ms, c) => (m + 1) * Math.exp(-((ms / 100) ** 2)) * (1 + c),
): Dataset & { behaviour: Behaviour } {
  const timeMs = times(186);
  return {
    name: 'simulated muscles',
    simulated: true,
    activity: cube(neurons, timeMs, conditions, rate),
    timeMs,
    alignment: 'movement onset',
    conditions: Array.from({ length: conditions }, (_, c) => ({ label: `reach ${c + 1}`, values: {} })),
    kinematics: {},
    behaviour: {
      name: 'EMG',
      labels: Array.from({ length: muscles }, (_, m) => `muscle ${m + 1}`),
      values: cube(muscles, times(66), conditions, emg),
      timeMs: times(66),
      source,
    },
    facts: {},
    source,
  };
}
