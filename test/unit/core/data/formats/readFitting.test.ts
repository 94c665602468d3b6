import { describe, expect, it } from 'vitest';
import type { FileValue } from '../../../../../src/core/data/formats/format.ts';
import { openValue } from '../../../../../src/core/data/formats/openValue.ts';
import { readFitting } from '../../../../../src/core/data/formats/readFitting.ts';

const numbers = (count: number): FileValue => ({
  kind: 'array',
  dtype: 'float64',
  shape: [count],
  data: Float64Array.from({ length: count }, (_, i) => i),
});
const file = new Map<string, FileValue>([
  ['rates', numbers(10)],
  ['raw', numbers(1000)],
  ['session', new Map<string, FileValue>([['voltage', numbers(500)], ['date', 'today']])], // prettier-ignore
  ['trials', [numbers(3), numbers(4)]],
]);

describe('a file with arrays too large for a dataset', () => {
  it('is read without them, and they are named', () => {
    const { value, leftOut } = readFitting(openValue(file, 'x.h5'), 800);
    expect(value).toEqual(
      new Map<string, FileValue>([
        ['rates', numbers(10)],
        ['session', new Map([['date', 'today']])],
        ['trials', [numbers(3), numbers(4)]],
      ]),
    );
    expect(leftOut).toEqual([
      { key: 'raw', bytes: 8000 },
      { key: 'session.voltage', bytes: 4000 },
    ]);
  });

  it('is read whole where all fit, and where it is one array', () => {
    expect(readFitting(openValue(file, 'x.h5'))).toEqual({ value: file, leftOut: [] });
    expect(readFitting(openValue(numbers(1000), 'x.npy'), 800)).toEqual({ value: numbers(1000), leftOut: [] });
  });
});
