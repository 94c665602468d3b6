import { describe, expect, it } from 'vitest';
import { bytes, counted, duration, fixed, layoutLabel, signed, whole } from '../../../../src/renderer/logic/format.ts';

describe('numbers as text', () => {
  it.each([
    [0.48351, '0.484'],
    [0, '0.000'],
    [-1.5, '−1.500'],
    [0.00012, '1.2e−4'],
    [999_999.5, '999999.500'],
    [-1.5004e63, '−1.5e63'],
    [null, '–'],
    [NaN, '–'],
  ])('writes %s as %s', (value, text) => expect(fixed(value)).toBe(text));

  it.each([
    [0.2, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [250, '4 min 10 s'],
    [7500, '2 h 5 min'],
    [273_600, '3 d 4 h'],
    [null, '–'],
  ])('writes %s seconds as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_139_407, '1.1 MB'],
    [42_000_000, '42 MB'],
  ])('writes %i bytes as %s', (n, text) => expect(bytes(n)).toBe(text));

  it('counts in words, groups thousands and uses a true minus', () => {
    expect(counted(1, 'run')).toBe('1 run');
    expect(counted(1200, 'run')).toBe('1,200 runs');
    expect(whole(1234567)).toBe('1,234,567');
    expect(signed(-800)).toBe('−800');
  });

  it('names a known layout, and does not write out a mapping', () => {
    expect(layoutLabel('reaching')).toBe('read as reaching');
    expect(layoutLabel('mapping {"dtMs":10}')).toBe('as mapped at import');
  });
});
