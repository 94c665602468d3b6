/** What is exported comes back by import, without a question and as it was. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/data/dataset.ts';
import { encodeDataset } from '../../src/core/data/datasetFile.ts';
import { csvExport } from '../../src/core/data/exports/csvExport.ts';
import { descriptionKey } from '../../src/core/data/exports/datasetExport.ts';
import { npzExport } from '../../src/core/data/exports/npzExport.ts';
import { importDataset } from '../../src/core/data/importDataset.ts';
import { npzOf } from '../../src/core/data/formats/npzFile.ts';
import { formatsFor } from '../../src/platform/formats/index.ts';
import { nwbExport } from '../../src/platform/formats/nwbExport.ts';
import { exportFacts, fullDataset } from '../support/fullDataset.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { python, pythonLacks } from '../support/python.ts';

async function imported(bytes: Uint8Array, name: string): Promise<Dataset> {
  const file = { path: `/elsewhere/${name}`, sha256: '0'.repeat(64), bytes: bytes.length };
  const reply = importDataset(bytes, file, undefined, await formatsFor(bytes));
  if (reply.kind !== 'dataset') throw new Error(`It asked: ${JSON.stringify(reply)}`);
  return reply.dataset;
}

/** All that numbers depend on, and names. */
const content = ({ source: _, origin: __, about: ___, files: ____, behaviour, ...rest }: Dataset): Uint8Array =>
  encodeDataset({
    ...rest,
    source: nowhere,
    ...(behaviour ? { behaviour: { ...behaviour, source: nowhere } } : {}),
  });
const nowhere = { path: '', sha256: '', bytes: 0, format: '', layout: '' };

const whole = {
  npz: (dataset: Dataset): Promise<Uint8Array> => Promise.resolve(npzExport(dataset, exportFacts)),
  nwb: (dataset: Dataset): Promise<Uint8Array> => nwbExport(dataset, exportFacts),
};
const variants: [string, Dataset][] = [
  ['with all there can be', fullDataset()],
  ['of single precision', fullDataset({ precision: 'float32', seed: 2 })],
  ['of averages alone', { ...fullDataset({ trialsOf: 0, seed: 3 }), kinematics: {}, facts: {} }],
];

describe.each(Object.entries(whole))('a dataset exported as %s', (format, encode) => {
  it.each(variants)('comes back bit for bit: one %s', async (_, dataset) => {
    const back = await imported(await encode(dataset), `x.${format}`);
    expect(content(back)).toEqual(content(dataset));
  });

  it('brings what was said of it, its files and where it came from, without folders of the machine', async () => {
    const bytes = await encode(fullDataset());
    const back = await imported(bytes, `x.${format}`);
    expect(back).toMatchObject({
      about: exportFacts.about,
      origin: { ...fullDataset().source, path: 'a b.npy' },
      files: fullDataset().files,
      source: { path: `/elsewhere/x.${format}`, format, layout: 'lrlab-export' },
    });
    expect(back.behaviour?.source.path).toBe('emg.mat');
    const again = await imported(await encode(back), `y.${format}`);
    expect(again.origin).toEqual(back.origin);
    expect(content(again)).toEqual(content(fullDataset()));
  });

  it('is the same bytes every time', async () => {
    expect(await encode(fullDataset())).toEqual(await encode(fullDataset()));
  });
});

describe('a dataset exported as csv', () => {
  it.each(variants)('comes back with the same numbers, times and names: one %s', async (_, dataset) => {
    const back = await imported(csvExport(dataset), 'x.csv');
    expect(back.source.layout).toBe('table-long');
    expect(back.activity.shape).toEqual(dataset.activity.shape);
    expect(Array.from(back.activity.data)).toEqual(Array.from(dataset.activity.data));
    back.timeMs.forEach((t, i) => expect(t).toBeCloseTo(dataset.timeMs[i], 5));
    expect(back.conditions.map(({ label }) => label)).toEqual(dataset.conditions.map(({ label }) => label));
  });

  it.each([
    ['numbers', ['0', '1', '2', '3', '4']],
    ['names like numbers', ['01', '1', '1.0', '1e0', '']],
    ['the same names', ['a', 'a', 'a', 'b', 'b']],
    ['missing numbers', ['NaN', 'NA', 'null', '3', '4']],
    ['signs', ['a;b', 'c\td', 'line\nend', '"', ' x ']],
  ])('keeps neurons apart whose names are %s', async (_, neuronNames) => {
    const dataset = { ...fullDataset({ trialsOf: 0 }), neuronNames };
    const back = await imported(csvExport(dataset), 'x.csv');
    expect(Array.from(back.activity.data)).toEqual(Array.from(dataset.activity.data));
    expect(new Set(back.neuronNames).size).toBe(5);
  });
});

describe('an exported file that was changed', () => {
  const { activity, timeMs, conditions } = fullDataset({ trialsOf: 0 });
  const source = nowhere;
  const description = { version: 1, name: 'x', simulated: false, alignment: 'e', conditions, about: exportFacts.about, source }; // prettier-ignore
  const file = (change: object, arrays = {}): Uint8Array =>
    npzOf({
      activity,
      time_ms: { shape: [timeMs.length], data: timeMs },
      ...arrays,
      [descriptionKey]: JSON.stringify({ ...description, ...change }),
    });

  it('is read where it is sound', async () => {
    expect((await imported(file({}), 'x.npz')).name).toBe('x');
  });

  it.each([
    ['a newer version', file({ version: 2 }), /version 1.*found 2/],
    ['a condition too many', file({ conditions: [...conditions, conditions[0]] }), /"activity" to be any × any × 4/],
    ['too few names', file({ neuronNames: ['a'] }), /5 names of neurons, found 1/],
    ['no conditions', file({ conditions: null }), /lacks/],
    ['no source', file({ source: null }), /lacks/],
    [
      'times too short',
      file({}, { time_ms: { shape: [2], data: Float64Array.of(0, 1) } }),
      /"time_ms" to be 16, found 2/,
    ],
    [
      'a trial of no neuron',
      file({}, { 'single_trials.activity': { shape: [1, 16], data: new Float64Array(16) }, 'single_trials.of': { shape: [1, 3], data: Float64Array.of(0, 0, 9) } }), // prettier-ignore
      /single trials/,
    ],
  ])('is refused in words for %s', async (_, bytes, words) => {
    await expect(imported(bytes, 'x.npz')).rejects.toMatchObject({ code: 'data.exported', message: expect.stringMatching(words) as string }); // prettier-ignore
  });
});

const lacksNumpy = pythonLacks('numpy');
const lacksH5py = pythonLacks('h5py', 'numpy');

describe('exports in Python', () => {
  let folder: string;
  beforeAll(() => (folder = temporaryFolder()));
  afterAll(() => removeFolder(folder));
  const dataset = fullDataset({ precision: 'float32' });
  const written = (name: string, bytes: Uint8Array): string => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };

  it.skipIf(lacksNumpy)(`numpy.load opens .npz without pickles${lacksNumpy ? ` (${lacksNumpy})` : ''}`, () => {
    const file = written('x.npz', npzExport(dataset, exportFacts));
    const found = python<Record<string, unknown>>(
      `
import sys, json, numpy as np
z = np.load(sys.argv[1], allow_pickle=False)
d = json.loads(str(z['lrlab_dataset']))
print(json.dumps({'dtype': str(z['activity'].dtype), 'activity': z['activity'].astype(float).ravel().tolist(),
  'names': z['neuron_names'].tolist(), 'labels': z['condition_labels'].tolist(), 'about': d['about'],
  'direction': [None if np.isnan(v) else v for v in z['condition_values.directionDeg']],
  'hand': z['kinematics.handX'].shape, 'trials': z['single_trials.activity'].shape, 'first': float(z['time_ms'][0])}))`,
      file,
    );
    expect(found).toEqual({
      dtype: 'float32',
      activity: Array.from(dataset.activity.data),
      names: dataset.neuronNames,
      labels: dataset.conditions.map(({ label }) => label),
      about: exportFacts.about,
      direction: [0, 180, null],
      hand: [3, 16],
      trials: [60, 16],
      first: -133.3,
    });
  });

  it.skipIf(lacksH5py)(`h5py opens .nwb${lacksH5py ? ` (${lacksH5py})` : ''}`, async () => {
    const file = written('x.nwb', await nwbExport(dataset, exportFacts));
    const found = python<{ activity: number[] }>(
      `
import sys, json, h5py, numpy as np
h = h5py.File(sys.argv[1])
text = lambda d: d[()].decode() if isinstance(d[()], bytes) else str(d[()])
series = [h['processing/ecephys/condition_%03d' % (c + 1)] for c in range(3)]
cube = np.stack([s['data'][:].T for s in series], -1)
print(json.dumps({'version': h.attrs['nwb_version'], 'type': h.attrs['neurodata_type'],
  'activity': cube.astype(float).ravel().tolist(), 'seconds': series[0]['timestamps'][:].tolist(),
  'unit': series[0]['timestamps'].attrs['unit'], 'description': series[1].attrs['description'],
  'names': [n.decode() for n in h['units/neuron_name'][:]], 'notes': text(h['general/notes']),
  'columns': list(h['units'].attrs['colnames']), 'emg': h['processing/behavior/behaviour_condition_001/data'].shape}))`,
      file,
    );
    expect(found).toMatchObject({
      version: '2.7.0',
      type: 'NWBFile',
      activity: Array.from(dataset.activity.data),
      seconds: Array.from(dataset.timeMs, (t) => t / 1000),
      unit: 'seconds',
      names: dataset.neuronNames,
      notes: 'two\nlines «ü»\nLicence: CC BY 4.0',
      columns: ['neuron_name'],
      emg: [9, 2],
    });
  });
});
