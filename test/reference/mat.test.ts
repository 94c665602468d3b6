/** MATLAB 5 files of single units as the published reader takes them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mat } from '../../src/core/data/formats/mat.ts';
import type { FileArray, FileValue } from '../../src/core/data/formats/format.ts';
import { describeReference, hasReference, referenceJson, referencePath } from '../support/reference.ts';

const folder = ['data', 'mante13_raw_synthetic'] as const;
const unitOf = (file: string): Map<string, FileValue> =>
  (mat.read(new Uint8Array(readFileSync(referencePath(...folder, file))), file) as Map<string, FileValue>).get(
    'unit',
  ) as Map<string, FileValue>;
const array = (value: FileValue | undefined): FileArray => value as FileArray;
const variables = (unit: Map<string, FileValue>) => unit.get('task_variable') as Map<string, FileValue>;

describeReference('MATLAB 5 files of units', () => {
  const expected = hasReference ? referenceJson(...folder, 'expected.json') : { order_of_files: [], per_unit: {} };

  it.each<string>(expected.order_of_files)('%s', (file) => {
    const facts = expected.per_unit[file];
    const unit = unitOf(file);
    const response = array(unit.get('response'));
    expect(response.shape).toEqual([facts.n_trials, 751]);
    expect(response.dtype).toBe(facts.response_dtype_on_disk === 'double' ? 'float64' : facts.response_dtype_on_disk);
    const { data: correct } = array(variables(unit).get('correct'));
    expect(Array.from(correct).reduce((sum, v) => sum + v, 0)).toBe(facts.n_correct_trials);
    expect(array(variables(unit).get('stim_trial')).data.at(-1)).toBe(facts.last_stim_trial);
  });

  it('numbers kept in smaller types than their own', () => {
    const facts = hasReference ? referenceJson(...folder, 'extra_double_class_small_storage.json') : {};
    const unit = unitOf('extra_double_class_small_storage.mat');
    const response = array(unit.get('response'));
    expect(response).toMatchObject({ shape: facts.response_shape, dtype: 'float64' });
    const sums = Array.from({ length: 7 }, (_, b) =>
      Array.from(response.data.slice(b * 751, (b + 1) * 751)).reduce((sum, v) => sum + v, 0),
    );
    expect(sums).toEqual(facts.response_sum_per_trial);
    const ones = [...response.data.slice(0, 751).entries()].filter(([, v]) => v === 1).map(([t]) => t);
    expect(ones).toEqual(facts.response_ones_of_trial_0);
    const { data: time } = array(unit.get('time'));
    [time[0], time[1], time[750]].forEach((t, k) => expect(t).toBeCloseTo(facts.time_first_second_last[k], 12));
    for (const name of ['targ_dir', 'stim_dir', 'stim_col', 'stim_col2dir', 'context', 'correct', 'stim_trial']) {
      Array.from(array(variables(unit).get(name)).data).forEach((v, k) => expect(v).toBeCloseTo(facts[name][k], 12));
    }
  });
});
