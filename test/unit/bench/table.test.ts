import { expect, it } from 'vitest';
import { median, table } from '../../../bench/table.ts';

it('a table is Markdown with columns in line', () => {
  expect(table(['a', 'wide'], [['long cell', '1']])).toBe(
    '| a         | wide |\n| --------- | ---- |\n| long cell | 1    |\n',
  );
});

it('the median is the middle one, or the upper one of two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(3);
});
