import { describe, expect, it } from 'vitest';
import { readNumber, readNumbers, readRange, writeRange } from '../../../../src/renderer/logic/readNumber.ts';

describe('a number as text', () => {
  it.each([
    ['3e-4', 3e-4],
    [' 12 ', 12],
    ['−5', -5],
  ])('reads "%s"', (text, value) => expect(readNumber(text, {})).toBe(value));

  it.each(['', 'abc', '1,5', 'Infinity'])('refuses "%s"', (text) => expect(readNumber(text, {})).toBe('A number.'));
});

describe('a range as text', () => {
  it.each([
    ['50-200', [50, 200]],
    ['50 to 200', [50, 200]],
    ['1e-3 to 2e-3', [1e-3, 2e-3]],
    ['1e-3-2e-3', [1e-3, 2e-3]],
    ['-5 to 5', [-5, 5]],
    ['0, 49', [0, 49]],
    ['7 to 7', [7, 7]],
  ])('reads "%s"', (text, range) => expect(readRange(text, {})).toEqual(range));

  it.each([[0, 49] as const, [-3, 2.5] as const])('reads back %j', (...range) => {
    expect(readRange(writeRange(range), {})).toEqual(range);
  });

  it.each([
    ['', 'A range, for example 10 to 50.'],
    ['5', 'A range, for example 10 to 50.'],
    ['5 to', 'A range, for example 10 to 50.'],
    ['5 to 1', 'The range runs backwards; write 1 to 5.'],
    ['0 to x', 'A number above -1.'],
  ])('refuses "%s"', (text, why) => expect(readRange(text, { above: -1 })).toBe(why));
});

describe('several numbers as text', () => {
  it('are read with commas between them', () => {
    expect(readNumbers('0.1, 2;3', { fewest: 1 })).toEqual([0.1, 2, 3]);
  });

  it.each([
    ['', '2 or more numbers, with commas between them.'],
    ['1', '2 or more numbers, with commas between them.'],
    ['1, x', 'Each: A number.'],
  ])('"%s" is refused', (text, why) => expect(readNumbers(text, { fewest: 2 })).toBe(why));
});
