/** Trials of the context-dependent decision against those that the published networks were trained on. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FileArray, FileValue } from '../../src/core/data/formats/format.ts';
import { pkl } from '../../src/core/data/formats/pkl.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { contextDecision } from '../../src/core/tasks/contextDecision.ts';
import { mantePickle, manteRecording } from '../support/manteReference.ts';
import {
  describeReference,
  fromJson,
  hasReference,
  largestDifference,
  referenceJson,
  referencePath,
} from '../support/reference.ts';

type Facts = { shape: number[]; mean: number; min: number; max: number; sum_of_squares: number };
type Contents = Record<'IN' | 'TARGETOUT' | 'output_mask', Facts> & {
  input_channel_at_step: Record<string, { shape: number[]; dtype: string; data: number[] }>;
  target_values_by_trial_decision_period: { shape: number[]; dtype: string; data: number[] };
  batch_trial_info: Record<string, unknown>[];
};
const contents = hasReference
  ? referenceJson<Contents>('fixtures', 'task', 'mante13_pickle_contents.json')
  : ({} as Contents);

describeReference('the pickle of the published trials', () => {
  const file = () =>
    pkl.read(readFileSync(referencePath('data', 'mante13', 'data_synthetic.pkl')), 'x.pkl') as Map<string, FileValue>;

  it.each(['IN', 'TARGETOUT', 'output_mask'] as const)('holds %s as PyTorch reads it', (name) => {
    const { shape, dtype, data } = file().get(name) as FileArray;
    expect({ shape, dtype }).toEqual({ shape: contents[name].shape, dtype: 'float32' });
    const values = Array.from(data);
    const squares = values.reduce((total, v) => total + v * v, 0);
    expect(values.reduce((total, v) => total + v, 0) / data.length).toBeCloseTo(contents[name].mean, 10);
    expect(squares / contents[name].sum_of_squares).toBeCloseTo(1, 12);
  });

  it('holds every input at the steps where it changes', () => {
    const { data } = file().get('IN') as FileArray;
    for (const [step, values] of Object.entries(contents.input_channel_at_step)) {
      const found = Array.from(
        { length: 72 * 9 },
        (_, k) => data[(Math.floor(k / 9) * 113 + Number(step)) * 9 + (k % 9)],
      );
      expect(largestDifference(found, fromJson(values).data), `step ${step}`).toBeLessThan(3e-8); // the fixture has eight digits
    }
  });

  it('holds what is said of every trial', () => {
    expect(plain(file().get('batch_trial_info')!)).toEqual(contents.batch_trial_info);
  });

  it('becomes a task on which nothing was recorded', () => {
    const { activity, conditions, timeMs, trials, source } = mantePickle();
    expect(activity.shape).toEqual([0, 50, 72]);
    expect(conditions.map(({ values }) => values)).toEqual(
      contents.batch_trial_info.map((info) => ({
        motion: info['coh_motion'],
        colour: info['coh_color'],
        context: info['context'],
        choice: info['ground_truth'],
      })),
    );
    expect([timeMs[0], timeMs.at(-1), trials?.start]).toEqual([0, 735, 23]);
    expect(source).toMatchObject({ format: 'pkl', layout: 'mante2013-trials' });
  });
});

describeReference('generated trials of the decision', () => {
  it('are those of the pickle to the last bit, in inputs, targets and mask', () => {
    const { IN, TARGETOUT, output_mask } = Object.fromEntries(
      pkl.read(readFileSync(referencePath('data', 'mante13', 'data_synthetic.pkl')), 'x.pkl') as Map<string, FileArray>,
    );
    const { batch, start, stop } = contextDecision.pose(manteRecording(), {}).analysis;
    expect(batch.input.shape).toEqual([72, 113, 9]);
    expect(largestDifference(batch.input.data, IN.data)).toBe(0);
    expect(largestDifference(batch.target.data, TARGETOUT.data)).toBe(0);
    expect(largestDifference(batch.mask.data, output_mask.data)).toBe(0);
    expect([start, stop]).toEqual([23, 73]);
  });

  it('are the same for training, at every update, without a draw', () => {
    const task = contextDecision.pose(manteRecording(), {});
    const random = NumpyRandom.seeded(4);
    const before = random.state();
    expect(task.draw(random, 72)).toBe(task.draw(random, 72));
    expect(task.draw(random, 72)).toEqual(task.analysis.batch);
    expect(random.state()).toEqual(before);
    expect(task.fixedTrials).toBe(72);
  });

  it('come from the file where that is asked for, the same', () => {
    const fromFile = contextDecision.pose(mantePickle(), { trials: 'file' });
    const generated = contextDecision.pose(mantePickle(), {});
    expect(fromFile.analysis).toEqual(generated.analysis);
    expect({ ...fromFile, analysis: 0, draw: 0 }).toEqual({ ...generated, analysis: 0, draw: 0 });
  });
});

function plain(value: FileValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]));
  if (typeof value === 'object' && value !== null && 'kind' in value) return Array.from(value.data);
  return value;
}
