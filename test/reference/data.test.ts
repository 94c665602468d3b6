/** Readers against what the published files hold, and what NumPy and PyTorch read out of them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readStateDict } from '../../src/core/checkpoints/published.ts';
import type { FileArray, FileValue } from '../../src/core/data/formats/format.ts';
import { formatOf } from '../../src/core/data/formats/index.ts';
import { importDataset } from '../../src/core/data/importDataset.ts';
import { hatsopoulosDataset } from '../support/reachReference.ts';
import { describeReference, referenceJson, referenceList, referencePath } from '../support/reference.ts';

type Facts = { shape: number[]; dtype: string; sum: number; sum_of_squares: number };

function read(...parts: string[]): FileValue {
  const file = referencePath(...parts);
  return formatOf(readFileSync(file), file).read(readFileSync(file), path.basename(file));
}

const dictionary = (value: FileValue | undefined) => value as Map<string, FileValue>;
const array = (value: FileValue | undefined) => value as FileArray;

function factsOf({ shape, dtype, data }: FileArray): Facts & { min: number; max: number; sizes: number } {
  let [sum, sum_of_squares, sizes, min, max] = [0, 0, 0, Infinity, -Infinity];
  for (const v of data) {
    sum += v;
    sum_of_squares += v * v;
    sizes += Math.abs(v);
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  return { shape: [...shape], dtype, sum, sum_of_squares, min, max, sizes };
}

/** Sums in another order differ by rounding, which grows with the sizes summed, not with the sum. */
function expectFacts(found: FileArray, { shape, dtype, sum, sum_of_squares }: Facts): void {
  const facts = factsOf(found);
  expect({ shape: facts.shape, dtype: facts.dtype }).toEqual({ shape, dtype });
  expect(Math.abs(facts.sum_of_squares - sum_of_squares)).toBeLessThanOrEqual(1e-12 * sum_of_squares);
  expect(Math.abs(facts.sum - sum)).toBeLessThanOrEqual(1e-12 * facts.sizes);
}

/** Empty where the reference folder is absent, so that the suites can be built and skipped. */
function factsIn<T>(file: string): Partial<T> {
  return existsSync(referencePath('fixtures', file)) ? referenceJson<T>('fixtures', file) : {};
}

describeReference('the published reaching recording', () => {
  type KeyFacts = Facts & { min: number; max: number; flat_c_index: number[]; flat_c_value: number[] };
  const keys = Object.entries(
    factsIn<{ keys: Record<string, KeyFacts> }>('data/hatsopoulos2007_contents.json').keys ?? {},
  );
  const [name] = referenceList('data/hatsopoulos2007').filter((file) => file.endsWith('.npy'));
  const content = () => dictionary(read('data/hatsopoulos2007', name));

  it.each(keys)('holds %s with the right numbers in the right places', (key, facts) => {
    const found = array(content().get(key));
    expectFacts(found, facts);
    expect(factsOf(found)).toMatchObject({ min: facts.min, max: facts.max });
    expect(facts.flat_c_index.map((i) => found.data[i])).toEqual(facts.flat_c_value);
  });

  it('holds these keys and no others', () => {
    expect([...content().keys()]).toEqual(keys.map(([key]) => key));
  });

  it('is recognised without questions, as recorded and not simulated', () => {
    const { simulated, activity, conditions, kinematics, facts, source } = hatsopoulosDataset();
    expect({ simulated, shape: activity.shape, conditions: conditions.length }).toEqual({
      simulated: false,
      shape: [141, 121, 8],
      conditions: 8,
    });
    expect(Object.keys(kinematics)).toHaveLength(6);
    expect(Object.keys(facts)).toHaveLength(2);
    expect(source).toMatchObject({ format: 'npy', layout: 'hatsopoulos' });
  });
});

describeReference('published checkpoints', () => {
  type TensorFacts = Facts & { first: number; last: number; 'element_[1,0]_or_[1]': number };
  type FileFacts = {
    figure_suffix: string;
    regularization_activityL2: number;
    tensors: Record<string, TensorFacts>;
  };
  const { files, model_info_dictionary, pset } = factsIn<{
    files: Record<string, FileFacts>;
    model_info_dictionary: Record<string, unknown>;
    pset: Record<string, number[]>;
  }>('forward/checkpoint_contents.json');

  it.each(Object.entries(files ?? {}))('%s holds the right tensors', (name, facts) => {
    const content = dictionary(read('checkpoints', name));
    expect(content.get('figure_suffix')).toBe(facts.figure_suffix);
    expect(content.get('regularization_activityL2')).toBe(facts.regularization_activityL2);
    const state = dictionary(content.get('model_state_dict'));
    expect([...state.keys()].sort()).toEqual(Object.keys(facts.tensors).sort());
    for (const [key, tensor] of Object.entries(facts.tensors)) {
      const found = array(state.get(key));
      expectFacts(found, tensor);
      const second = found.shape[1] ?? 1;
      expect([found.data[0], found.data.at(-1), found.data[second]]).toEqual([
        tensor.first,
        tensor.last,
        tensor['element_[1,0]_or_[1]'],
      ]);
    }
  });

  const stored = referenceList('checkpoints').flatMap((run) =>
    referenceList('checkpoints', run)
      .filter((file) => file.endsWith('.pth'))
      .map((file) => path.join(run, file)),
  );
  it.each(stored)('%s gives all parameters in float32', (file) => {
    const { parameters, activityPenalty } = readStateDict(readFileSync(referencePath('checkpoints', file)), file);
    expect(Object.keys(parameters)).toEqual(['a0', 'Win', 'Wrec', 'b', 'Wout', 'bout']);
    expect(parameters.Wrec.shape).toEqual([200, 200]);
    expect(Object.values(parameters).every(({ data }) => data instanceof Float32Array)).toBe(true);
    expect(activityPenalty).toBeGreaterThan(0);
  });

  it.runIf(stored.length > 0)('are refused as recordings, in words', () => {
    const bytes = readFileSync(referencePath('checkpoints', stored[0]));
    expect(() => importDataset(bytes, { path: stored[0], sha256: '', bytes: bytes.length })).toThrow(
      expect.objectContaining({ code: 'data.parameters', message: expect.stringMatching(/parameters of a network/) }),
    );
  });

  const { runs } = factsIn<{ runs: Record<string, { error: number[] }> }>('training_runs_summary.json');
  it.each(referenceList('checkpoints'))('%s comes with its settings, updates and errors', (run) => {
    const settings = dictionary(read('checkpoints', run, 'model_info_dictionary.npy'));
    expect(Object.fromEntries(settings)).toEqual(model_info_dictionary![run]);
    const updates = array(read('checkpoints', run, 'pset.npy'));
    expect(updates.dtype).toBe('int32');
    expect([...updates.data]).toEqual(pset![run]);
    const [errorFile] = referenceList('checkpoints', run).filter((file) => /^error.*_store\.npy$/.test(file));
    expect([...array(read('checkpoints', run, errorFile)).data]).toEqual(runs![run].error);
  });
});

describeReference('arrays of the task fixtures', () => {
  const cases = referenceList('fixtures/task').filter((file) => file.endsWith('.npz'));
  it.each(cases)('%s holds the arrays that its description states', (name) => {
    type Stated = { arrays: Record<string, { shape: number[]; dtype: string }> };
    const { arrays: stated } = referenceJson<Stated>('fixtures/task', name.replace(/npz$/, 'json'));
    const content = dictionary(read('fixtures/task', name));
    expect([...content.keys()].sort()).toEqual(Object.keys(stated).sort());
    for (const [key, { shape, dtype }] of Object.entries(stated)) {
      const found = array(content.get(key));
      expect(found.shape).toEqual(shape);
      expect(dtype.split(' ')[0]).toBe(found.dtype);
      expect(found.data.every(Number.isFinite)).toBe(true);
    }
  });
});

describeReference('the synthetic recording for the Mante task', () => {
  const file = ['data/mante13', 'neuralforRNN_synthetic.npy'] as const;

  it('has the stated size and numbers', () => {
    type Stats = { shape: number[]; mean: number; min: number; max: number };
    const { stats } = referenceJson<{ stats: Stats & { sum_of_squares: number; fraction_zero: number } }>(
      'fixtures/data/neuralforRNN_synthetic_stats.json',
    );
    const found = array(read(...file));
    const facts = factsOf(found);
    const n = found.data.length;
    expect(facts).toMatchObject({ shape: stats.shape, min: stats.min, max: stats.max });
    expect(Math.abs(facts.sum / n / stats.mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(facts.sum_of_squares / stats.sum_of_squares - 1)).toBeLessThan(1e-12);
    expect(found.data.filter((v: number) => v === 0).length / n).toBe(stats.fraction_zero);
  });

  it('is recognised by its shape, without a question', () => {
    const bytes = readFileSync(referencePath(...file));
    const reply = importDataset(bytes, { path: file[1], sha256: '', bytes: bytes.length });
    expect(reply).toMatchObject({
      kind: 'dataset',
      dataset: { activity: { shape: [120, 50, 72] }, source: { layout: 'mante2013' } },
    });
  });
});

describeReference('files that this version does not read', () => {
  const folder = 'data/mante13_raw_synthetic/matlab_v73';
  const files = referenceList(folder).filter((name) => name.endsWith('.mat'));
  it.each(files)('%s is refused with the reason, and what to do', (name) => {
    expect(() => read(folder, name)).toThrow(
      expect.objectContaining({
        code: 'format.mat',
        message: expect.stringMatching(/\.mat".*-v7\.3.*Save it again, with -v7\./) as string,
      }) as Error,
    );
  });

  it('are those of both kinds, contiguous and chunked', () => {
    expect(files).toHaveLength(2);
  });
});

describeReference('a raw unit of the decision recordings', () => {
  it('opens, and is refused by itself in favour of the folder that it is in', () => {
    const file = ['data/mante13_raw_synthetic', 'synthetic_unit_02.mat'] as const;
    const bytes = readFileSync(referencePath(...file));
    expect(() => importDataset(bytes, { path: file[1], sha256: '', bytes: bytes.length })).toThrow(
      expect.objectContaining({ code: 'data.unit' }) as Error,
    );
  });
});
