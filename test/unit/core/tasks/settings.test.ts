import { describe, expect, it } from 'vitest';
import { defaultsOf, readSettings } from '../../../../src/core/tasks/settings.ts';
import type { TaskSettings } from '../../../../src/core/tasks/settings.ts';
import { codeOf, messageOf } from '../../../support/files.ts';

const described = {
  count: { kind: 'number', label: 'Count', whole: true, least: 1, most: 9, default: 3 },
  delayMs: { kind: 'range', label: 'Delay', unit: 'ms', least: 0, default: [100, 300] },
  levels: { kind: 'numbers', label: 'Levels', fewest: 2, default: [1, 2] },
  report: {
    kind: 'choice',
    label: 'Report',
    options: [
      { id: 'angle', label: 'Angle' },
      { id: 'side', label: 'Side' },
    ],
    default: 'angle',
  },
  sustained: { kind: 'boolean', label: 'Stays on', default: true },
  from: { kind: 'optional', label: 'From', empty: 'the start', whole: true, least: 0, default: null },
  outputs: {
    kind: 'several',
    label: 'Outputs',
    options: [
      { id: 'hand', label: 'Hand' },
      { id: 'eye', label: 'Eye' },
    ],
    default: ['eye'],
  },
  test: {
    kind: 'group',
    label: 'Test',
    settings: {
      steps: { kind: 'number', label: 'Steps', whole: true, least: 1, default: 50 },
      noise: { kind: 'number', label: 'Noise', default: 0 },
    },
  },
} as const satisfies TaskSettings;

const read = (given: unknown) => readSettings('Test', described, given);

describe('settings of a task', () => {
  it('are at their defaults unless given', () => {
    expect(read({})).toEqual(defaultsOf(described));
    expect(read(undefined)).toEqual(defaultsOf(described));
    expect(read({ count: 9, report: 'side', sustained: false, delayMs: [0, 0], levels: [3, 2, 1] })).toEqual({
      count: 9,
      delayMs: [0, 0],
      levels: [3, 2, 1],
      report: 'side',
      sustained: false,
      from: null,
      outputs: ['eye'],
      test: { steps: 50, noise: 0 },
    });
    expect(read({ from: 3, outputs: ['hand', 'eye'], test: { noise: 0.5 } })).toMatchObject({
      from: 3,
      outputs: ['hand', 'eye'],
      test: { steps: 50, noise: 0.5 },
    });
    expect(read({ from: null, test: {} })).toEqual(defaultsOf(described));
  });

  it.each([
    [{ count: 0 }, 'count to be a whole number from 1 to 9, found 0.'],
    [{ count: 2.5 }, 'count to be a whole number from 1 to 9, found 2.5.'],
    [{ count: '3' }, 'count to be a whole number from 1 to 9, found "3".'],
    [{ count: NaN }, 'count to be a whole number from 1 to 9, found null.'],
    [{ count: null }, 'count to be a whole number from 1 to 9, found null.'],
    [{ delayMs: [300, 100] }, 'delayMs to be [first, last], each a number (ms), at least 0, first no larger than last'],
    [{ delayMs: [-1, 100] }, 'delayMs to be [first, last]'],
    [{ delayMs: 100 }, 'delayMs to be [first, last]'],
    [{ levels: [1] }, 'levels to be a list of 2 or more, each a number, found [1].'],
    [{ levels: [1, 'x'] }, 'levels to be a list'],
    [{ report: 'force' }, 'report to be one of "angle", "side", found "force".'],
    [{ sustained: 1 }, 'sustained to be true or false, found 1.'],
    [{ from: -1 }, 'from to be a whole number, at least 0, or null, found -1.'],
    [{ outputs: [] }, 'outputs to be some of "hand", "eye", found [].'],
    [{ outputs: ['ear'] }, 'outputs to be some of "hand", "eye"'],
    [{ outputs: 'eye' }, 'outputs to be some of "hand", "eye"'],
    [{ test: 3 }, 'test to be settings by name: steps, noise, found 3.'],
    [{ test: { steps: 0 } }, 'test.steps to be a whole number, at least 1, found 0.'],
    [{ test: { step: 5 } }, 'expected one of test.steps, test.noise, found "test.step".'],
    [{ speed: 1 }, 'expected one of count, delayMs, levels, report, sustained, from, outputs, test, found "speed".'],
    [{ toString: 1 }, 'found "toString".'],
  ])('refuse %j', (given, words) => {
    expect(codeOf(() => read(given))).toBe('task.settings');
    expect(messageOf(() => read(given))).toContain(words);
  });
});
