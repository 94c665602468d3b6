import { describe, expect, it } from 'vitest';
import type { MappingQuestion } from '../../../../src/app/contract.ts';
import {
  formOfQuestion,
  guessFor,
  partsOf,
  readAs,
  readMapping,
  stepsOf,
  withArray,
  withAxis,
} from '../../../../src/renderer/logic/mappingForm.ts';
import type { Mapping } from '../../../../src/renderer/logic/mappingForm.ts';

const question: MappingQuestion = {
  path: '/data/monkey A.npz',
  of: 'activity',
  why: 'It says nothing about its axes.',
  arrays: [
    { key: 'time', shape: [40], dtype: 'float64' },
    { key: 'rates', shape: [40, 12, 6], dtype: 'float32' },
  ],
  suggestion: null,
  reasons: {},
  last: null,
};

describe('the question what the axes are', () => {
  it('starts with the first array of three axes and the name of the file', () => {
    expect(formOfQuestion(question)).toMatchObject({ array: 1, name: 'monkey A' });
  });

  it('starts with what the reader suggests', () => {
    const suggestion = {
      array: 'rates',
      axes: ['time', 'neuron', 'condition'] as const,
      dtMs: 10,
      startMs: -200,
      alignment: 'go cue',
      name: 'M',
    };
    const form = formOfQuestion({ ...question, suggestion: { ...suggestion, axes: [...suggestion.axes] } });
    expect(readMapping(form, question).mapping).toEqual(suggestion);
  });

  it('swaps axes, so that each is used once', () => {
    expect(withAxis(['neuron', 'time', 'condition'], 0, 'condition')).toEqual(['condition', 'time', 'neuron']);
    expect(withAxis(['neuron', 'time', 'condition'], 1, 'time')).toEqual(['neuron', 'time', 'condition']);
  });

  it('says what is missing', () => {
    const form = { ...formOfQuestion(question), array: 0, dtMs: '0', startMs: 'x', alignment: ' ', name: '' };
    const { errors } = readMapping(form, question);
    expect(Object.keys(errors!).sort()).toEqual(['alignment', 'array', 'dtMs', 'name', 'startMs']);
  });
});

describe('the answer for arrays with trials', () => {
  const arrays: MappingQuestion['arrays'] = [
    { key: 'rates', shape: [30, 40, 12], dtype: 'float32' },
    { key: 't', shape: [40], dtype: 'float64', even: { first: 0, step: 0.02 }, levels: 40 },
    { key: 'side', shape: [30], dtype: 'text', levels: 2 },
    { key: 'speed', shape: [30], dtype: 'float64', levels: 3 },
    { key: 'hand', shape: [30, 40], dtype: 'float64' },
    { key: 'grid', shape: [12, 40, 3, 2], dtype: 'float64' },
    { key: 'two', shape: [2], dtype: 'text', levels: 2 },
    { key: 'three', shape: [3], dtype: 'float64', levels: 3 },
  ];
  const asked: MappingQuestion = { ...question, arrays };
  const form = formOfQuestion(asked, { ...guessFor(asked, 0)!.mapping, name: 'M' });

  it('is the guess where nothing is changed, and names what else may be used', () => {
    expect(readMapping(form, asked).mapping).toEqual(guessFor(asked, 0)!.mapping && { ...guessFor(asked, 0)!.mapping, name: 'M' }); // prettier-ignore
    expect(form.axes).toEqual(['trial', 'time', 'neuron']);
    const parts = partsOf(form, asked);
    expect(parts.trialLabels.map(({ key }) => key)).toEqual(['side', 'speed']);
    expect(parts).toMatchObject({ trials: 30, neurons: 12, steps: 40, conditionAxes: [], signals: ['hand'] });
    expect(readAs(parts, form, 'activity')).toBe(
      '12 neurons, 40 time steps, 30 trials to be averaged, conditions by side',
    );
  });

  it('says when the steps are, from the array of times or from the numbers typed', () => {
    const when = (change: object) => stepsOf({ ...form, ...change }, partsOf(form, asked));
    expect(when({})).toEqual({ dtMs: 20, fromMs: 0, toMs: 780 });
    expect(when({ timeUnit: 'ms' })).toEqual({ dtMs: 0.02, fromMs: 0, toMs: 0.78 });
    expect(when({ times: '', dtMs: '5', startMs: '-100' })).toEqual({ dtMs: 5, fromMs: -100, toMs: 95 });
    expect([when({ times: '', dtMs: 'x' }), when({ times: '', startMs: '' })]).toEqual([null, null]);
  });

  it('drops labels and signals that no longer fit the axes', () => {
    const other = { ...form, axes: withAxis(form.axes, 0, 'condition'), minTrials: '3' };
    expect(readMapping(other, asked).mapping).toEqual({
      array: 'rates',
      axes: ['condition', 'time', 'neuron'],
      times: { array: 't', unit: 's' },
      signals: { hand: 'hand' },
      alignment: 'alignment event',
      name: 'M',
    });
  });

  it('starts anew with another array, and wants labels for all axes of conditions or none', () => {
    const grid = withArray(form, asked, 5);
    expect(grid.axes).toEqual(['neuron', 'time', 'trial', 'condition']);
    const two = { ...grid, axes: withAxis(grid.axes, 2, 'condition'), conditionLabels: ['three', ''] };
    expect(two.axes).toEqual(['neuron', 'time', 'condition', 'condition']);
    expect(readMapping(two, asked).errors).toEqual({
      conditionLabels: expect.stringContaining('every axis') as string,
    });
    expect(readMapping({ ...two, conditionLabels: ['three', 'two'] }, asked).mapping).toMatchObject({
      conditionLabels: ['three', 'two'],
    });
    expect(readMapping({ ...form, axes: ['trial', 'trial', 'neuron'] }, asked).errors).toHaveProperty('axes');
    expect(readMapping({ ...form, signals: { hand: ' ' } }, asked).errors).toHaveProperty('signals');
  });
});

describe('the answer for a table', () => {
  const columns = [
    { name: 'when', numbers: true, levels: 5, first: '0, 1' },
    { name: 'side', numbers: false, levels: 2, first: 'l, r' },
    { name: 'a', numbers: true, levels: 9, first: '1, 2' },
    { name: 'b', numbers: true, levels: 9, first: '1, 2' },
  ];
  const mapping: Mapping = {
    kind: 'table',
    time: 'when',
    timeUnit: 'ms',
    conditions: ['side'],
    neurons: ['a', 'b'],
    alignment: 'cue',
    name: 'T',
  };
  const asked: MappingQuestion = { ...question, arrays: [], columns, suggestion: mapping };
  const form = formOfQuestion(asked);

  it('is the guess where nothing is changed', () => {
    expect(readMapping(form, asked).mapping).toEqual(mapping);
  });

  it('takes no column for two things', () => {
    const table = { ...form.table!, trial: 'b' };
    expect(readMapping({ ...form, table }, asked).mapping).toMatchObject({ neurons: ['a'], trial: 'b' });
    expect(readMapping({ ...form, table: { ...table, trial: 'when' } }, asked).errors).toHaveProperty('time');
    expect(readMapping({ ...form, table: { ...table, neurons: [] } }, asked).errors).toHaveProperty('neurons');
  });
});
