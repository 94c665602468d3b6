import { describe, expect, it } from 'vitest';
import { fullDataset } from '../../../support/fullDataset.ts';
import { decode, encode } from '../../../../src/core/checkpoints/safetensors.ts';
import type { Dataset } from '../../../../src/core/data/dataset.ts';
import { decodeDataset, encodeDataset } from '../../../../src/core/data/datasetFile.ts';

const dataset: Dataset = {
  name: 'Two neurons',
  simulated: true,
  activity: { shape: [2, 3, 1], data: Float32Array.of(0, 1, 2, 3, 4, 5) },
  timeMs: Float64Array.of(-10, 0, 10),
  alignment: 'movement onset',
  conditions: [{ label: '0°', values: { directionDeg: 0 } }],
  kinematics: { handX: { shape: [1, 3], data: Float64Array.of(0, 0, 1) } },
  facts: { meanMovementMs: { shape: [1], data: Float64Array.of(350) } },
  source: { path: 'two.npy', sha256: 'ab', bytes: 3, format: 'npy', layout: 'hatsopoulos' },
};

describe('a dataset kept as a file', () => {
  it('comes back whole, in the precision that it had', () => {
    expect(decodeDataset(encodeDataset(dataset))).toEqual(dataset);
  });

  it("keeps the neurons' names where they have any", () => {
    const named = { ...dataset, neuronNames: ['a', 'b'] };
    expect(decodeDataset(encodeDataset(named))).toEqual(named);
    expect(decodeDataset(encodeDataset(dataset))).not.toHaveProperty('neuronNames');
  });

  it('keeps behaviour with its own steps and source, and is the same file as before without any', () => {
    const behaviour: Dataset['behaviour'] = {
      name: 'EMG',
      labels: ['muscle 2', 'muscle 10'],
      values: { shape: [2, 2, 1], data: Float64Array.of(1, 2, 3, 4) },
      timeMs: Float64Array.of(0, 5),
      source: { ...dataset.source, path: 'emg.mat' },
    };
    expect(decodeDataset(encodeDataset({ ...dataset, behaviour }))).toEqual({ ...dataset, behaviour });
    expect(decode(encodeDataset(dataset)).metadata).toEqual({ dataset: expect.any(String) as string });
    expect(decodeDataset(encodeDataset(dataset))).not.toHaveProperty('behaviour');
  });

  it('keeps single trials, of neurons recorded together and apart', () => {
    const row = (...values: number[]) => ({ shape: [values.length / 3, 3], data: Float64Array.from(values) });
    const singleTrials = [
      { condition: 0, neurons: [0, 1], activity: row(1, 2, 3, 4, 5, 6) },
      { condition: 0, neurons: [1], activity: row(7, 8, 9) },
    ];
    expect(decodeDataset(encodeDataset({ ...dataset, singleTrials }))).toEqual({ ...dataset, singleTrials });
    expect(decodeDataset(encodeDataset(dataset))).not.toHaveProperty('singleTrials');
  });

  it.each([
    ['no description', encode({ activity: dataset.activity, timeMs: { shape: [0], data: new Float64Array(0) } }, {})],
    ['a description that is not JSON', encode({}, { dataset: '{' })],
    ['neither activity nor times', encode({}, { dataset: '{}' })],
  ])('is refused with a reason when it has %s', (_, bytes) => {
    expect(() => decodeDataset(bytes)).toThrow(
      expect.objectContaining({ code: 'dataset.damaged', message: expect.stringContaining('Import the recording') }),
    );
  });

  it('can be read without its single trials, all else as it is', () => {
    const dataset = fullDataset();
    const { singleTrials: _, ...averages } = dataset;
    expect(decodeDataset(encodeDataset(dataset))).toEqual(dataset);
    expect(decodeDataset(encodeDataset(dataset), 'averages')).toEqual(averages);
  });
});
