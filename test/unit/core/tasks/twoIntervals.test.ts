import { describe, expect, it } from 'vitest';
import { tasks } from '../../../../src/core/tasks/index.ts';
import { messageOf } from '../../../support/files.ts';

const settings = {
  dtMs: 50,
  firstHz: [10, 20],
  differenceHz: 5,
  fixationMs: [50, 50],
  stimulusMs: 50,
  delayMs: [50, 50],
};
const pose = (more = {}) =>
  tasks.get('two-intervals').pose(tasks.alone('two-intervals', { ...settings, ...more }), { ...settings, ...more });

describe('two-interval comparison', () => {
  it('pairs every first frequency with one below and one above', () => {
    const { conditions } = tasks.alone('two-intervals', settings);
    expect(conditions.map((c) => c.values)).toEqual([
      { f1Hz: 10, f2Hz: 5 },
      { f1Hz: 10, f2Hz: 15 },
      { f1Hz: 20, f2Hz: 15 },
      { f1Hz: 20, f2Hz: 25 },
    ]);
  });

  it('puts both in as levels of two channels and asks at the end which was faster', () => {
    const { input, target, steps } = pose({ decisionMs: 100 }).analysis.batch;
    expect(steps).toBe(6);
    const rising = Array.from({ length: 6 }, (_, t) => input.data[(steps + t) * 3 + 1]);
    const falling = Array.from({ length: 6 }, (_, t) => input.data[(steps + t) * 3 + 2]);
    expect(rising).toEqual([0, 0.25, 0, 0.5, 0, 0]);
    expect(falling).toEqual([0, 0.75, 0, 0.5, 0, 0]);
    expect(Array.from(target.data)).toEqual([
      ...[0, 0, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 2, 2],
      ...[0, 0, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 2, 2],
    ]);
  });

  it('refuses second frequencies below 0', () => {
    expect(messageOf(() => pose({ differenceHz: 11 }))).toContain('no lower than the difference, found 10 Hz');
  });
});
