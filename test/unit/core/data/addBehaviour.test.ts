import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../../../scripts/sample/npz.ts';
import { addBehaviour } from '../../../../src/core/data/addBehaviour.ts';
import type { Dataset } from '../../../../src/core/data/dataset.ts';
import { importDataset } from '../../../../src/core/data/importDataset.ts';
import type { Mapping } from '../../../../src/core/data/layouts/mapping.ts';
import { codeOf, messageOf } from '../../../support/files.ts';
import { cubeMat } from '../../../support/muscleRecording.ts';
import { reachDataset } from '../../../support/reachDataset.ts';

const file = (bytes: Uint8Array, name: string) => ({ path: `/d/${name}`, sha256: name, bytes: bytes.length });
const place = (row: number, step: number, condition: number): number => row * 1e4 + step * 100 + condition;

function datasetOf(bytes: Uint8Array): Dataset {
  const read = importDataset(bytes, file(bytes, 'neural.mat'));
  if (read.kind !== 'dataset') throw new Error('not recognised');
  return read.dataset;
}

const adding = (dataset: Dataset, bytes: Uint8Array, mapping?: Mapping) =>
  addBehaviour(dataset, bytes, file(bytes, 'emg.mat'), mapping);

function added(dataset: Dataset, bytes: Uint8Array, mapping?: Mapping): Dataset {
  const read = adding(dataset, bytes, mapping);
  if (read.kind !== 'dataset') throw new Error('not recognised');
  return read.dataset;
}

const neural = datasetOf(cubeMat('N', [4, 196, 27], place));
const emg = cubeMat('E', [7, 66, 27], place);

describe('the recording of Sussillo 2015', () => {
  it('is recognised by its shape; its steps from −1450 ms on are kept', () => {
    expect(neural.activity.shape).toEqual([4, 186, 27]);
    expect([neural.timeMs[0], neural.timeMs[145], neural.timeMs.at(-1)]).toEqual([-1450, 0, 400]);
    expect(neural).toMatchObject({ alignment: 'movement onset', source: { layout: 'sussillo2015', format: 'mat' } });
    expect(new Set(neural.conditions.map((c) => c.label)).size).toBe(27);
    for (const [n, t, c] of [
      [0, 0, 0],
      [3, 185, 26],
      [2, 17, 5],
    ]) {
      expect(neural.activity.data[(n * 186 + t) * 27 + c]).toBe(place(n, t + 10, c)); // ten steps left out
    }
  });

  it('takes the muscles from their own file, on their own steps', () => {
    const { behaviour, ...rest } = added(neural, emg);
    const { name: _, ...before } = neural;
    expect(rest).toEqual({ ...before, name: 'Sussillo 2015 reach + EMG' });
    expect(behaviour).toMatchObject({ name: 'EMG', source: { path: '/d/emg.mat', layout: 'sussillo2015-muscles' } });
    expect(behaviour!.labels).toEqual(Array.from({ length: 7 }, (__, m) => `muscle ${m + 1}`));
    expect([behaviour!.timeMs[0], behaviour!.timeMs[25], behaviour!.timeMs.at(-1)]).toEqual([-250, 0, 400]);
    expect(behaviour!.values.shape).toEqual([7, 66, 27]);
    expect(behaviour!.values.data[(6 * 66 + 65) * 27 + 26]).toBe(place(6, 65, 26));
  });

  it('is named once, also where muscles are added a second time', () => {
    expect(added(added(neural, emg), emg).name).toBe('Sussillo 2015 reach + EMG');
  });

  it('is refused where its muscles come alone, with what to do', () => {
    const act = (): unknown => importDataset(emg, file(emg, 'emg.mat'));
    expect(codeOf(act)).toBe('data.behaviour');
    expect(messageOf(act)).toMatch(/found EMG \(7 × 66 × 27\).*--behaviour emg\.mat/);
  });

  it('is not seen where two arrays could be it', () => {
    const cube = { shape: [2, 196, 27], data: new Float32Array(2 * 196 * 27) };
    const two = encodeNpz({ a: cube, b: cube });
    expect(importDataset(two, file(two, 'two.npz'))).toMatchObject({ kind: 'question' });
  });
});

describe('behaviour from a file of its own', () => {
  const reach = reachDataset(); // 8 conditions, −800 to 400 ms
  const force = encodeNpz({
    force: { shape: [40, 3, 8], data: Float32Array.from({ length: 960 }, (_, i) => i) }, // time, signal, condition
  });
  const mapping: Mapping = {
    array: 'force',
    axes: ['time', 'signal', 'condition'],
    dtMs: 10,
    startMs: -100,
    alignment: 'movement onset',
    name: 'force',
  };

  it('is asked about, with the dataset’s conditions, steps and event as the guess', () => {
    const read = adding(reach, force);
    expect(read).toMatchObject({
      kind: 'question',
      question: {
        arrays: [{ key: 'force', shape: [40, 3, 8] }],
        suggestion: { ...mapping, startMs: 10, name: 'emg' },
      },
    });
  });

  it('follows the mapping', () => {
    const { behaviour } = added(reach, force, mapping);
    expect(behaviour!.labels).toEqual(['force 1', 'force 2', 'force 3']);
    expect([...behaviour!.timeMs.slice(0, 2)]).toEqual([-100, -90]);
    const { shape, data } = behaviour!.values;
    expect(shape).toEqual([3, 40, 8]);
    expect(data[(2 * 40 + 11) * 8 + 5]).toBe((11 * 3 + 2) * 8 + 5);
  });

  it.each<[string, Dataset, Uint8Array, Mapping | undefined, string, RegExp]>([
    ['muscles in other reaches', reach, emg, undefined, 'data.conditions', /expected 8 conditions.*found 27/],
    [
      'an array without the conditions',
      reach,
      encodeNpz({ x: { shape: [3, 40, 5], data: new Float32Array(600) } }),
      undefined,
      'data.conditions',
      /one of them 8 long/,
    ],
    [
      'other conditions by a mapping',
      reach,
      force,
      { ...mapping, axes: ['time', 'condition', 'signal'] },
      'data.conditions',
      /found 3/,
    ],
    ['another event', reach, force, { ...mapping, alignment: 'go cue' }, 'data.alignment', /found times from go cue/],
    ['no axis of signals', reach, force, { ...mapping, axes: ['time', 'neuron', 'condition'] }, 'data.axes', /signal/],
    [
      'a value that is not finite',
      reach,
      encodeNpz({ force: { shape: [40, 3, 8], data: new Float32Array(960).fill(NaN, 500, 501) } }),
      mapping,
      'data.notFinite',
      /NaN at signal 2, step 20, condition 4/,
    ],
    [
      'a task alone',
      reachDataset({ activity: { shape: [0, 121, 8], data: new Float64Array() } }),
      force,
      mapping,
      'data.behaviour',
      /found a task alone/,
    ],
  ])('refuses %s', (_, dataset, bytes, given, code, words) => {
    const act = (): unknown => adding(dataset, bytes, given);
    expect(codeOf(act)).toBe(code);
    expect(messageOf(act)).toMatch(words);
  });
});
