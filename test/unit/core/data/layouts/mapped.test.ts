import { describe, expect, it } from 'vitest';
import type { FileArray, FileValue } from '../../../../../src/core/data/formats/format.ts';
import { contentByMapping } from '../../../../../src/core/data/layouts/mapped.ts';
import type { ArrayMapping, AxisName } from '../../../../../src/core/data/layouts/mapping.ts';
import { questionAbout } from '../../../../../src/core/data/layouts/mappingQuestion.ts';
import { codeOf, messageOf } from '../../../../support/files.ts';

const extents: Partial<Record<AxisName, number>> = { neuron: 3, time: 5, condition: 2 };
/** The value says where it belongs. */
const valueAt = (neuron: number, time: number, condition: number): number => neuron * 100 + time * 10 + condition;

function arrayWith(axes: AxisName[]): FileArray {
  const shape = axes.map((axis) => extents[axis]!);
  const data = new Float64Array(30);
  for (let i = 0, [a, b, c] = [0, 0, 0]; i < 30; i++) {
    [a, b, c] = [Math.floor(i / (shape[1] * shape[2])), Math.floor(i / shape[2]) % shape[1], i % shape[2]];
    const at = (name: AxisName): number => [a, b, c][axes.indexOf(name)];
    data[i] = valueAt(at('neuron'), at('time'), at('condition'));
  }
  return { kind: 'array', dtype: 'float64', shape, data };
}

const mapping = (axes: AxisName[], array: string | null = null): ArrayMapping => ({
  array,
  axes,
  dtMs: 5,
  startMs: -100,
  alignment: 'cue',
  name: 'My cells',
});

const orders: AxisName[][] = [
  ['neuron', 'time', 'condition'],
  ['neuron', 'condition', 'time'],
  ['time', 'neuron', 'condition'],
  ['time', 'condition', 'neuron'],
  ['condition', 'neuron', 'time'],
  ['condition', 'time', 'neuron'],
];

describe('contentByMapping', () => {
  it.each(orders)('puts every value in its place when the axes are %s, %s, %s', (...axes) => {
    const { activity } = contentByMapping(arrayWith(axes), mapping(axes), 'x.npy');
    expect(activity.shape).toEqual([3, 5, 2]);
    expect(activity.data).toEqual(arrayWith(orders[0]).data);
  });

  it('takes times, alignment and name from the mapping, and counts the conditions', () => {
    const content = contentByMapping(arrayWith(orders[0]), mapping(orders[0]), 'x.npy');
    expect([...content.timeMs]).toEqual([-100, -95, -90, -85, -80]);
    expect(content.conditions.map((c) => c.label)).toEqual(['condition 1', 'condition 2']);
    expect(content).toMatchObject({ name: 'My cells', alignment: 'cue', simulated: false, kinematics: {}, facts: {} });
  });

  it('leaves the array of the file as it is', () => {
    const array = arrayWith(orders[5]);
    contentByMapping(array, mapping(orders[5]), 'x.npy').activity.data.fill(7);
    expect(array.data).toEqual(arrayWith(orders[5]).data);
  });

  it('finds an array by its key, and says when there is none', () => {
    const file: FileValue = new Map<string, FileValue>([
      ['rates', arrayWith(orders[0])],
      ['note', 'hello'],
    ]);
    expect(contentByMapping(file, mapping(orders[0], 'rates'), 'x.npz').activity.shape).toEqual([3, 5, 2]);
    const wrong = (): unknown => contentByMapping(file, mapping(orders[0], 'note'), 'x.npz');
    expect(codeOf(wrong)).toBe('mapping.array');
    expect(messageOf(wrong)).toContain('there is no array "note"');
  });

  it('refuses another number of axes than there are, and axes named twice', () => {
    const flat: FileArray = { ...arrayWith(orders[0]), shape: [3, 10] };
    expect(codeOf(() => contentByMapping(flat, mapping(orders[0]), 'x.npy'))).toBe('data.axes');
    const twice = mapping(['neuron', 'time', 'time']);
    expect(codeOf(() => contentByMapping(arrayWith(orders[0]), twice, 'x.npy'))).toBe('data.axes');
  });
});

describe('questionAbout', () => {
  it('offers all arrays and guesses: fewest conditions, then neurons, then time', () => {
    const small: FileArray = { kind: 'array', dtype: 'float32', shape: [1, 2, 1], data: new Float32Array(2) };
    const file = new Map<string, FileValue>([
      ['small', small],
      ['rates', arrayWith(['condition', 'neuron', 'time'])],
      ['flat', { ...small, shape: [1], data: Float32Array.of(5) }],
    ]);
    const question = questionAbout(file, 'monkey.npz');
    expect(question.arrays.map(({ key, shape }) => [key, shape])).toEqual([
      ['small', [1, 2, 1]],
      ['rates', [2, 3, 5]],
      ['flat', [1]],
    ]);
    expect(question.suggestion).toMatchObject({
      array: 'rates',
      axes: ['condition', 'neuron', 'time'],
      name: 'monkey',
    });
    expect(question.reasons).toMatchObject({ array: 'by its name', 'axis 1': 'the shortest' });
  });

  it.each<[string, FileValue, RegExp]>([
    ['one axis', { ...arrayWith(orders[0]), shape: [30] }, /found the array \(30\)/],
    ['no values', { ...arrayWith(orders[0]), shape: [0, 5, 2], data: new Float64Array() }, /\(0 × 5 × 2\)/],
    ['no array at all', new Map([['a', null]]), /found no array/],
    ['a number', 5, /found the array \(one number\)/],
  ])('says what it found instead in a file with %s', (_, value, message) => {
    expect(codeOf(() => questionAbout(value, 'x.npy'))).toBe('data.axes');
    expect(messageOf(() => questionAbout(value, 'x.npy'))).toMatch(message);
  });
});
