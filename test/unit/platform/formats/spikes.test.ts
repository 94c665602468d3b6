/** Files of spikes as laboratories and programs write them become recordings, and those datasets. */
import { describe, expect, it } from 'vitest';
import { measureLevel } from '../../../../src/core/analysis/measureNetwork.ts';
import { importDataset } from '../../../../src/core/data/importDataset.ts';
import type { Imported } from '../../../../src/core/data/importDataset.ts';
import type { SpikesSummary } from '../../../../src/core/data/spikes/describe.ts';
import type { RateOptions } from '../../../../src/core/data/spikes/rateOptions.ts';
import { tasks } from '../../../../src/core/tasks/index.ts';
import type { Dataset } from '../../../../src/core/data/dataset.ts';
import { formatsFor } from '../../../../src/platform/formats/index.ts';
import { joined, npyFile, zipFile } from '../../../support/files.ts';
import { matCell, matFile, matNumbers, matStruct } from '../../../support/matFile.ts';
import { centreOut, hatsopoulosFile, npzFile, nwbFile } from '../../../support/spikeFiles.ts';
import { h5File } from '../../../support/h5Samples.ts';

const reaches = centreOut();

async function read(bytes: Uint8Array, name: string, rates?: RateOptions | 'suggested'): Promise<Imported> {
  const formats = await formatsFor(bytes);
  return importDataset(bytes, { path: `/recordings/${name}`, sha256: '', bytes: bytes.length }, undefined, formats, { rates }); // prettier-ignore
}
async function summary(bytes: Uint8Array, name: string): Promise<SpikesSummary> {
  const read_ = await read(bytes, name);
  if (read_.kind !== 'spikes') throw new Error(`${name}: ${read_.kind}`);
  return read_.spikes;
}
async function dataset(bytes: Uint8Array, name: string, rates: RateOptions | 'suggested'): Promise<Dataset> {
  const found = await read(bytes, name, rates);
  if (found.kind !== 'dataset') throw new Error(`${name}: ${found.kind}`);
  return found.dataset;
}
const spikes = reaches.spikes.reduce((sum, { length }) => sum + length, 0);

describe('spikes in NWB 2 files', () => {
  it('are told with the columns of trials, and options to begin with', async () => {
    const found = await summary(await nwbFile(reaches), 'monkey.nwb');
    expect(found).toMatchObject({ units: ['100', '101', '102', '103', '104', '105'], trials: 32, spikes });
    expect(found.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['go_cue_time', 'event'],
      ['move_onset_time', 'event'],
      ['result', 'text'],
      ['start_time', 'event'],
      ['stop_time', 'event'],
      ['target_dir', 'number'],
    ]);
    expect(found.signals).toEqual(['handX', 'handVx', 'handY', 'handVy']);
    expect(found.suggestion).toMatchObject({
      name: 'monkey',
      event: 'move_onset_time',
      fromMs: -800,
      toMs: 400,
      binMs: 10,
      smoothing: { kind: 'gaussian', sdMs: 25 },
      conditions: [{ column: 'target_dir', directions: 8, unit: 'rad' }],
      only: [{ column: 'result', is: ['R'] }],
      keepTrials: true,
    });
  });

  it('become a dataset that records how, and that the reach task can be trained on', async () => {
    const made = await dataset(await nwbFile(reaches), 'monkey.nwb', 'suggested');
    expect(made.activity.shape).toEqual([6, 121, 8]);
    expect(made.source).toMatchObject({ format: 'nwb' });
    const options = JSON.parse(made.source.layout.replace(/^spikes-nwb /, '')) as RateOptions;
    expect((await dataset(await nwbFile(reaches), 'monkey.nwb', options)).activity).toEqual(made.activity);
    expect(made.singleTrials).toHaveLength(31);
    const measure = { metric: 'procrustes', settings: {}, protocol: 'plain', draws: 3, seed: 1 };
    const halves = measureLevel(made, 'trialSplit', measure).value!;
    expect(halves).toBeGreaterThan(0);
    expect(halves).toBeLessThan(measureLevel(made, 'timeShuffled', measure).value!);
    expect(() => tasks.get('reach').pose(made, { outputs: ['position', 'velocity'] })).not.toThrow();
  });

  it('with several tables of trials are told of by one, which can be chosen', async () => {
    const file = await nwbFile(reaches, true);
    const found = await summary(file, 'monkey.nwb');
    expect(found.tables).toEqual([{ name: 'trials', rows: 32 }, { name: 'blocks', rows: 2 }]); // prettier-ignore
    expect(found.suggestion.table).toBe('trials');
    const of = async (table: string): Promise<Imported> =>
      importDataset(file, { path: 'x.nwb', sha256: '', bytes: file.length }, undefined, await formatsFor(file), {
        as: { table },
      });
    const blocks = await of('blocks');
    if (blocks.kind !== 'spikes') throw new Error(blocks.kind);
    expect(blocks.spikes.trials).toBe(2);
    expect(blocks.spikes.suggestion).toMatchObject({ table: 'blocks', event: 'start_time', conditions: [{ column: 'light' }] }); // prettier-ignore
    const made = await dataset(file, 'monkey.nwb', { ...blocks.spikes.suggestion, minTrials: 1 });
    expect(made.conditions.map(({ label }) => label)).toEqual(['off', 'on']);
    await expect(of('lunch')).rejects.toMatchObject({ code: 'spikes.table' });
    const one = await nwbFile(reaches);
    const { tables, suggestion } = await summary(one, 'monkey.nwb');
    expect([tables, suggestion.table]).toEqual([[], undefined]);
    expect((await dataset(one, 'monkey.nwb', { ...suggestion, table: 'trials' })).activity.shape).toEqual([6, 121, 8]);
    await expect(dataset(npzFile(reaches), 'x.npz', { ...suggestion, table: 'trials' })).rejects.toMatchObject({ code: 'spikes.table' }); // prettier-ignore
  });

  it('without trials are refused with what is lacking', async () => {
    const file = await h5File(
      [
        { path: 'units', group: true },
        { path: 'units/spike_times', data: Float64Array.of(1, 2, 3) },
        { path: 'units/spike_times_index', data: Int32Array.of(1, 3) },
        { path: 'identifier', data: 'x' },
      ],
      { nwb_version: '2.6.0' },
    );
    await expect(read(file, 'units.nwb')).rejects.toMatchObject({ code: 'spikes.trials' });
  });
});

describe('spikes named as in the raw recordings of the Hatsopoulos laboratory (MATLAB 7.3)', () => {
  it('are understood, and the directions checked by where the hand goes', async () => {
    const found = await summary(await hatsopoulosFile(reaches), 'Dataset5.mat');
    expect(found).toMatchObject({ units: ['1a', '1b', '3', '4', '5', '6'], trials: 32, spikes });
    expect(found.why.join(' ')).toContain('the published files themselves have not been tried');
    expect(found.why.join(' ')).toContain('The hand agrees in 32 of 32 trials.');
    expect(found.suggestion).toMatchObject({ event: 'movement onset', fromMs: -800, toMs: 400, signals: 'scaled' });
  });

  it('become condition averages of the published layout', async () => {
    const made = await dataset(await hatsopoulosFile(reaches), 'Dataset5.mat', 'suggested');
    expect(made.activity.shape).toEqual([6, 121, 8]);
    expect(made.alignment).toBe('movement onset');
    expect(made.conditions.map(({ label }) => label)).toEqual(['0°', '45°', '90°', '135°', '180°', '225°', '270°', '315°']); // prettier-ignore
    expect(Object.keys(made.kinematics).sort()).toEqual(['elbowAngle', 'handVx', 'handVy', 'handX', 'handY', 'shoulderAngle']); // prettier-ignore
    expect(Object.keys(made.facts)).toEqual(['trialsPerCondition', 'meanMovementMs', 'medianMovementMs']);
    expect(() => tasks.get('reach').pose(made, {})).not.toThrow();
  });

  it('say aloud where the hand goes elsewhere', async () => {
    const turned = { ...reaches, hand: { ...reaches.hand, x: reaches.hand.y, y: reaches.hand.x } };
    const found = await summary(await hatsopoulosFile(turned), 'Dataset5.mat');
    expect(found.why.join(' ')).toContain('The hand does NOT agree');
  });

  it('are understood with one variable per unit and direction, too', async () => {
    const of = (values: readonly number[]) => matNumbers([values.length, 1], [...values]);
    const file = matFile([
      ...reaches.spikes.map((times, k) => [`Chan00${k + 1}a`, of([...times])] as const),
      ...[0, 90].flatMap((degrees) => {
        const trials = reaches.trials.filter(({ direction }) => direction === degrees);
        return [
          [`cpl_${degrees}deg_stmv`, of(trials.map(({ onset }) => onset))] as const,
          [`cpl_${degrees}deg_endmv`, of(trials.map(({ end }) => end))] as const,
        ];
      }),
    ]);
    const found = await summary(file, 'rs1050225.mat');
    expect(found).toMatchObject({ units: ['1a', '2a', '3a', '4a', '5a', '6a'], trials: 8, signals: [] });
    expect(found.columns.at(-1)).toEqual({ name: 'direction', kind: 'number', missing: 0, distinct: [0, 90] });
  });
});

describe('spikes with a struct of events, as in the second reaching file of that laboratory', () => {
  it('give the trials that cells per direction give', async () => {
    const of = (values: readonly number[]) => matNumbers([values.length, 1], [...values]);
    const { trials } = reaches;
    const per = Array.from({ length: 8 }, (_, d) => of(trials.filter(({ direction }) => direction === 45 * d).map(({ start }) => start + 0.5))); // prettier-ignore
    const times = [
      of(trials.map(({ start }) => start)),
      of(trials.map(({ start }) => start + 0.5)),
      of(trials.map(({ go }) => go)),
      of(trials.map(({ onset }) => onset)),
      of(trials.map(({ end }) => end)),
      of(trials.map(({ stop }) => stop)),
      ...per,
    ];
    const units = matCell([6, 1], reaches.spikes.map((spikes) => of([...spikes]))); // prettier-ignore
    const pairs = (values: Float64Array) => matNumbers([values.length, 2], [...reaches.hand.times, ...values]);
    const file = matFile([
      ['spikes', units],
      ['events', matStruct([1, 1], [{ times: matCell([14, 1], times) }])],
      ['x', pairs(reaches.hand.x)],
      ['y', pairs(reaches.hand.y)],
    ]);
    const found = await summary(file, 'Dataset6.mat');
    expect(found.why.join(' ')).toContain('The hand agrees in 32 of 32 trials.');
    const made = await dataset(file, 'Dataset6.mat', 'suggested');
    const cells = await dataset(await hatsopoulosFile(reaches), 'Dataset5.mat', 'suggested');
    expect(made.activity.data).toEqual(cells.activity.data);
    expect(made.kinematics['handX']).toEqual(cells.kinematics['handX']);
  });
});

describe('spikes in arrays', () => {
  it('of one array for all units are told apart by their clusters', async () => {
    const found = await summary(npzFile(reaches), 'sorted.npz');
    expect(found).toMatchObject({ units: ['0', '1', '2', '3', '4', '5'], trials: 32, spikes });
    expect(found.columns.map(({ name, kind }) => [name, kind])).toEqual([['go_cue', 'event'], ['direction', 'number'], ['trial', 'number']]); // prettier-ignore
    const made = await dataset(npzFile(reaches), 'sorted.npz', 'suggested');
    expect(made.activity.shape).toEqual([6, 151, 8]);
  });

  it('in a cell array of MATLAB with a struct of trials give the same rates, in whatever order the spikes are', async () => {
    const column = (values: readonly number[]) => matNumbers([values.length, 1], [...values]);
    const of = (turn: boolean): Uint8Array =>
      matFile([
        ['spike_times', matCell([1, 6], reaches.spikes.map((times) => column(turn ? [...times].reverse() : [...times])))], // prettier-ignore
        ['trials', matStruct([1, 1], [{ go_cue: column(reaches.trials.map(({ go }) => go)), direction: column(reaches.trials.map(({ direction }) => direction)) }])], // prettier-ignore
      ]);
    const made = await dataset(of(false), 'cells.mat', 'suggested');
    const turned = await dataset(of(true), 'cells.mat', 'suggested');
    const flat = await dataset(npzFile(reaches), 'sorted.npz', 'suggested');
    expect(made.activity).toEqual(turned.activity);
    expect(made.activity).toEqual(flat.activity);
  });

  it('may be on another clock, which is guessed by how much units fire, and can be said', async () => {
    const seconds = await dataset(npzFile(reaches), 'x.npz', 'suggested');
    for (const [ticks, named] of [
      [1, 'seconds'],
      [1000, 'ms'],
      [30_000, 'samples at 30 kHz'],
    ] as const) {
      const found = await summary(npzFile(reaches, ticks), 'x.npz');
      expect(found.clock).toMatchObject({ ticksPerSecond: ticks, why: expect.stringContaining(`taken as ${named}`) as string }); // prettier-ignore
      expect([found.suggestion.ticksPerSecond, Math.round(found.toS)]).toEqual([ticks, 132]);
      const { activity } = await dataset(npzFile(reaches, ticks), 'x.npz', 'suggested');
      expect(activity.data.every((rate: number, k: number) => Math.abs(rate - seconds.activity.data[k]) < 0.1)).toBe(true); // prettier-ignore
    }
    const said = await dataset(npzFile(reaches, 25_000), 'x.npz', { ...(await summary(npzFile(reaches), 'x.npz')).suggestion, ticksPerSecond: 25_000 }); // prettier-ignore
    expect(said.activity.data.every((rate: number, k: number) => Math.abs(rate - seconds.activity.data[k]) < 0.1)).toBe(true); // prettier-ignore
    const { suggestion } = await summary(await nwbFile(reaches), 'monkey.nwb');
    await expect(dataset(await nwbFile(reaches), 'monkey.nwb', { ...suggestion, ticksPerSecond: 1000 })).rejects.toMatchObject({ code: 'spikes.clock' }); // prettier-ignore
  });

  it('are left alone where there is nothing to align to', async () => {
    const numbers = (values: readonly number[]) => npyFile({ descr: '<f8', shape: `(${values.length},)`, body: joined(new Uint8Array(Float64Array.from(values).buffer)) }); // prettier-ignore
    const file = zipFile([
      { name: 'spike_times.npy', content: numbers([1, 2, 3, 4]) },
      { name: 'spike_clusters.npy', content: numbers([0, 0, 1, 1]) },
      { name: 'contrast.npy', content: numbers([0.5, 0.25, 1]) },
    ]);
    await expect(read(file, 'x.npz')).rejects.toMatchObject({ code: 'spikes.events' });
    const none = zipFile([{ name: 'rates.npy', content: npyFile({ descr: '<f8', shape: '(2, 3, 2)', body: new Uint8Array(96) }) }]); // prettier-ignore
    expect((await read(none, 'rates.npz')).kind).toBe('question');
    await expect(read(none, 'rates.npz', 'suggested')).rejects.toMatchObject({ code: 'spikes.none' });
  });
});
