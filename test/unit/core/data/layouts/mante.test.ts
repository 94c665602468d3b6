import { describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpz } from '../../../../../scripts/sample/npz.ts';
import { decodeDataset, encodeDataset } from '../../../../../src/core/data/datasetFile.ts';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { importDataset } from '../../../../../src/core/data/importDataset.ts';
import { manteTrials } from '../../../../../src/core/data/layouts/manteTrials.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';

const zeros = (...shape: number[]) => ({ shape, data: new Float32Array(shape.reduce((n, m) => n * m, 1)) });
const importing = (bytes: Uint8Array, path: string) => importDataset(bytes, { path, sha256: '', bytes: bytes.length });

describe('a recording of the context-dependent decision', () => {
  it('is told by its shape, with its conditions in the published order', () => {
    const reply = importing(encodeNpy(zeros(3, 50, 72)), 'neuralforRNN.npy');
    expect(reply).toMatchObject({
      kind: 'dataset',
      dataset: { name: 'Mante 2013: neuralforRNN', simulated: false, source: { layout: 'mante2013' } },
    });
    if (reply.kind !== 'dataset') return;
    const { conditions, timeMs } = reply.dataset;
    expect([timeMs[0], timeMs[1], timeMs[49]]).toEqual([100, 115, 835]);
    expect(conditions[0]).toEqual({
      label: 'motion −50 %, colour −50 %, colour decides',
      values: { motion: -0.5, colour: -0.5, context: -1, choice: 1 },
    });
    expect(conditions[71].values).toEqual({ motion: 0.5, colour: 0.5, context: 1, choice: 2 });
    expect(conditions.filter(({ values }) => values['choice'] === 1)).toHaveLength(36);
    expect(new Set(conditions.map(({ label }) => label)).size).toBe(72);
  });

  it('is asked about where the shape is another', () => {
    expect(importing(encodeNpy(zeros(3, 50, 36)), 'x.npy')).toMatchObject({ kind: 'question' });
    expect(importing(encodeNpy(zeros(72, 50, 3)), 'x.npy')).toMatchObject({ kind: 'question' });
  });

  it('is taken from its key, and asked about where its shape does not fit', () => {
    const flag = { shape: [], data: Float32Array.of(1) };
    expect(importing(encodeNpz({ neuralforRNN: zeros(3, 50, 72), simulated: flag }), 'x.npz')).toMatchObject({
      dataset: { simulated: true, name: 'Simulated decisions' },
    });
    const why = expect.stringContaining('neurons × 50 × 72, found 3 × 50 × 71. If it is another') as string;
    expect(importing(encodeNpz({ neuralforRNN: zeros(3, 50, 71) }), 'x.npz')).toMatchObject({ question: { why } });
  });
});

describe('trials in a pickle', () => {
  const array = (shape: number[]): FileArray => ({
    kind: 'array',
    dtype: 'float32',
    shape,
    data: new Float32Array(shape.reduce((n, m) => n * m, 1)),
  });
  const info = (change: Record<string, FileValue> = {}) =>
    new Map<string, FileValue>(
      Object.entries({ coh_motion: 0.5, coh_color: -0.5, context: 1, ground_truth: 2, dt: 15, ...change }),
    );
  const file = (change: Record<string, FileValue> = {}) =>
    new Map<string, FileValue>(
      Object.entries({
        IN: array([2, 10, 9]),
        TARGETOUT: array([2, 10]),
        output_mask: array([2, 10]),
        batch_trial_info: [info(), info({ context: -1, ground_truth: 1 })],
        recording_start_index: 3,
        recording_stop_index: 7,
        ...change,
      }),
    );

  it('become a task without a recording, and survive the workspace', () => {
    expect(manteTrials.recognises(file())).toBe(true);
    const content = manteTrials.toContent(file(), 'x.pkl');
    expect(content).toMatchObject({
      activity: { shape: [0, 4, 2] },
      trials: { start: 3, input: { shape: [2, 10, 9] } },
    });
    expect(Array.from(content.timeMs)).toEqual([0, 15, 30, 45]);
    const dataset = { ...content, source: { path: '', sha256: '', bytes: 0, format: '', layout: '' } };
    expect(decodeDataset(encodeDataset(dataset))).toEqual(dataset);
  });

  it.each<[string, Record<string, FileValue>, RegExp]>([
    ['no list of trials', { batch_trial_info: 3 }, /"batch_trial_info" to be a list/],
    [
      'a trial without a coherence',
      { batch_trial_info: [info(), info({ coh_motion: null })] },
      /a number "coh_motion"/,
    ],
    [
      'a choice against the coherence',
      { batch_trial_info: [info(), info({ ground_truth: 1 })] },
      /choice 2 for motion/,
    ],
    ['inputs of other trials', { IN: array([3, 10, 9]) }, /"IN" to be 2 × any × any, found 3 × 10 × 9/],
    ['targets of other steps', { TARGETOUT: array([2, 9]) }, /"TARGETOUT" to be 2 × 10/],
    ['a recording outside of the trial', { recording_stop_index: 11 }, /within 10 steps, found 3 to 11/],
    ['no time step', { batch_trial_info: [info({ dt: 0 }), info()] }, /longer than 0 ms/],
  ])('are refused with %s', (_, change, words) => {
    const reading = () => manteTrials.toContent(file(change), 'x.pkl');
    expect(codeOf(reading)).toBe('data.trials');
    expect(messageOf(reading)).toMatch(words);
  });
});
