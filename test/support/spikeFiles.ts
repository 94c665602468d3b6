/** A made-up recording of centre-out reaches, and files that hold it as laboratories and programs write them. */
import { joined, npyFile, zipFile } from './files.ts';
import { h5File } from './h5Samples.ts';
import type { H5Part } from './h5Samples.ts';

export type CentreOut = {
  /** seconds, ascending, by unit */
  spikes: Float64Array[];
  trials: {
    start: number;
    go: number;
    onset: number;
    end: number;
    stop: number;
    direction: number;
    correct: boolean;
  }[];
  /** seconds, place of the hand (cm), angles of the joints (rad) */
  hand: { times: Float64Array; x: Float64Array; y: Float64Array; shoulder: Float64Array; elbow: Float64Array };
};

type Size = { units?: number; perDirection?: number; seed?: number };

/** Units fire at 20 Hz, and around movement onset by the cosine of the direction up to 60 Hz more. */
export function centreOut({ units = 6, perDirection = 4, seed = 1 }: Size = {}): CentreOut {
  const random = randomNumbers(seed);
  const trials = Array.from({ length: 8 * perDirection }, (_, k) => {
    const start = 2 + 4 * k;
    const onset = start + 1.5 + 0.2 * random();
    const direction = 45 * ((3 * k) % 8);
    return { start, go: onset - 0.3, onset, end: onset + 0.5, stop: start + 3, direction, correct: k % 8 !== 7 || k > 8 }; // prettier-ignore
  });
  const rate = (unit: number, t: number): number => {
    const trial = trials[Math.max(0, Math.min(trials.length - 1, Math.floor((t - 2) / 4)))];
    const bump = Math.exp(-0.5 * ((t - trial.onset) / 0.15) ** 2);
    const preferred = (2 * Math.PI * unit) / units;
    return 20 + 60 * bump * Math.max(0, Math.cos((trial.direction * Math.PI) / 180 - preferred));
  };
  const seconds = 4 * trials.length + 4;
  const spikes = Array.from({ length: units }, (_, unit) => {
    const times: number[] = [];
    for (let t = -Math.log(random()) / 80; t < seconds; t -= Math.log(random()) / 80) {
      if (random() < rate(unit, t) / 80) times.push(t);
    }
    return Float64Array.from(times);
  });
  const times = Float64Array.from({ length: 500 * seconds }, (_, k) => k / 500);
  const reach = (t: number): [number, number] => {
    const { onset, direction } = trials[Math.max(0, Math.min(trials.length - 1, Math.floor((t - 2) / 4)))];
    const way = 8 / (1 + Math.exp(-(t - onset - 0.25) / 0.05));
    return [way * Math.cos((direction * Math.PI) / 180), way * Math.sin((direction * Math.PI) / 180)];
  };
  const x = times.map((t) => reach(t)[0]);
  const y = times.map((t) => reach(t)[1]);
  const hand = { times, x, y, shoulder: x.map((v, k) => 0.4 + 0.05 * v + 0.02 * y[k]), elbow: y.map((v) => 1.2 - 0.05 * v) }; // prettier-ignore
  return { spikes, trials, hand };
}

/** NWB 2, as PyNWB lays it out. blocks: with a second table of intervals. */
export async function nwbFile({ spikes, trials, hand }: CentreOut, blocks = false): Promise<Uint8Array> {
  const column = (of: (trial: CentreOut['trials'][number]) => number): Float64Array => Float64Array.from(trials, of);
  const table = (path: string, data: Float64Array | Int32Array | string[]): H5Part => ({ path: `intervals/trials/${path}`, data }); // prettier-ignore
  let end = 0;
  return h5File(
    [
      { path: 'units', group: true, about: { neurodata_type: 'Units' } },
      { path: 'units/id', data: Int32Array.from(spikes, (_, k) => 100 + k) },
      { path: 'units/spike_times', data: Float64Array.from(spikes.flatMap((times) => [...times])) },
      { path: 'units/spike_times_index', data: Int32Array.from(spikes, ({ length }) => (end += length)) },
      { path: 'intervals', group: true },
      { path: 'intervals/trials', group: true },
      table(
        'id',
        Int32Array.from(trials, (_, k) => k),
      ),
      table(
        'start_time',
        column(({ start }) => start),
      ),
      table(
        'stop_time',
        column(({ stop }) => stop),
      ),
      table(
        'go_cue_time',
        column(({ go }) => go),
      ),
      table(
        'move_onset_time',
        column(({ onset }) => onset),
      ),
      table(
        'target_dir',
        column(({ direction }) => (direction * Math.PI) / 180),
      ),
      table('result', trials.map(({ correct }) => (correct ? 'R' : 'F'))), // prettier-ignore
      ...(blocks
        ? [
            { path: 'intervals/blocks', group: true as const },
            { path: 'intervals/blocks/start_time', data: Float64Array.of(0, 60) },
            { path: 'intervals/blocks/stop_time', data: Float64Array.of(60, 120) },
            { path: 'intervals/blocks/light', data: ['on', 'off'] },
          ]
        : []),
      { path: 'processing', group: true },
      { path: 'processing/behavior', group: true },
      { path: 'processing/behavior/hand_pos', group: true },
      { path: 'processing/behavior/hand_pos/data', data: interleaved(hand.x, hand.y), shape: [hand.x.length, 2], about: { unit: 'cm', conversion: 1 } }, // prettier-ignore
      { path: 'processing/behavior/hand_pos/timestamps', data: hand.times },
    ],
    { nwb_version: '2.6.0' },
  );
}

/** MATLAB 7.3, with the names of the raw recordings of the Hatsopoulos laboratory. */
export async function hatsopoulosFile({ spikes, trials, hand }: CentreOut): Promise<Uint8Array> {
  const double = { MATLAB_class: 'double' };
  const parts: H5Part[] = [{ path: '#refs#', group: true }];
  let count = 0;
  const numbers = (values: ArrayLike<number>): string => {
    const path = `#refs#/r${count++}`;
    const data = Float64Array.from(values);
    if (data.length > 0) parts.push({ path, data, shape: [1, data.length], about: double });
    else parts.push({ path, data: Float64Array.of(0, 0), about: { ...double, MATLAB_empty: 1 } });
    return path;
  };
  const cell = (path: string, references: string[]): string => {
    parts.push({ path, references, about: { MATLAB_class: 'cell' } });
    return path;
  };
  // the first channel has two units, the second none, each other one
  const first = cell('#refs#/first', [numbers(spikes[0]), numbers(spikes[1])]);
  cell('spikes', [first, numbers([]), ...spikes.slice(2).map((times) => numbers(times))]);
  const cells = (name: string, of: (trial: CentreOut['trials'][number]) => number): void => {
    const lists = Array.from({ length: 8 }, (_, d) => trials.filter(({ direction }) => direction === 45 * d).map(of));
    cell(name, lists.map(numbers));
  };
  cells('instr_cell', ({ start }) => start + 0.5);
  cells('go_cell', ({ go }) => go);
  cells('stmv_cell', ({ onset }) => onset);
  cells('endmv_cell', ({ end }) => end);
  for (const [path, values] of [
    ['x', hand.x],
    ['y', hand.y],
    ['th1', hand.shoulder],
    ['th2', hand.elbow],
  ] as const) {
    // prettier-ignore
    parts.push({ path, data: joinedNumbers(hand.times, values), shape: [2, values.length], about: double });
  }
  const header = Buffer.alloc(512);
  header.write('MATLAB 7.3 MAT-file, made by a test'.padEnd(124));
  header.set([0, 2, 0x49, 0x4d], 124);
  return joined(header, await h5File(parts));
}

/** NumPy, as spike sorters write: all spikes in one array, with the unit of each. ticksPerSecond: of their clock. */
export function npzFile({ spikes, trials }: CentreOut, ticksPerSecond = 1): Uint8Array {
  const tick = (seconds: number): number => (ticksPerSecond > 1000 ? Math.round : Number)(seconds * ticksPerSecond);
  const all = spikes.flatMap((times, unit) => [...times].map((time) => ({ time, unit }))).sort((a, b) => a.time - b.time); // prettier-ignore
  const array = (name: string, values: readonly number[]): { name: string; content: Uint8Array } => ({
    name: `${name}.npy`,
    content: npyFile({ descr: '<f8', shape: `(${values.length},)`, body: new Uint8Array(Float64Array.from(values).buffer) }), // prettier-ignore
  });
  return zipFile([
    array('spike_times', all.map(({ time }) => tick(time))), // prettier-ignore
    array('spike_clusters', all.map(({ unit }) => unit)), // prettier-ignore
    array('go_cue', trials.map(({ go }) => tick(go))), // prettier-ignore
    array('direction', trials.map(({ direction }) => direction)), // prettier-ignore
    array('trial', trials.map((_, k) => k)), // prettier-ignore
  ]);
}

const interleaved = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * a.length }, (_, k) => (k % 2 === 0 ? a : b)[k >> 1]);
const joinedNumbers = (a: Float64Array, b: Float64Array): Float64Array => Float64Array.from([...a, ...b]);

/** Above 0 and below 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
