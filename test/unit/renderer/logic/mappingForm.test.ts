import { describe, expect, it } from 'vitest';
import type { MappingQuestion } from '../../../../src/app/contract.ts';
import { formOfQuestion, readMapping, withAxis } from '../../../../src/renderer/logic/mappingForm.ts';

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
