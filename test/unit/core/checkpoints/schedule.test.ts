import { describe, expect, it } from 'vitest';
import { alignmentUpdates, checkpointUpdates } from '../../../../src/core/checkpoints/schedule.ts';

describe('checkpointUpdates', () => {
  it('keeps 115 published checkpoints of 1000 updates', () => {
    const updates = checkpointUpdates('published', 1000);
    expect(updates).toHaveLength(115);
    expect(updates.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 25, 32, 38]);
  });

  it.each([0, 1, 3, 30, 200, 699, 700, 701, 1500, 5000])('rises from 0 to the last of %i updates', (total) => {
    for (const schedule of ['published', { every: 7 }] as const) {
      const updates = checkpointUpdates(schedule, total);
      expect(updates[0]).toBe(0);
      expect(updates.at(-1)).toBe(total);
      expect(updates.every((u, i) => i === 0 || u > updates[i - 1])).toBe(true);
      expect(updates.every(Number.isInteger)).toBe(true);
    }
  });

  it('keeps every k-th update and the last one', () => {
    expect(checkpointUpdates({ every: 4 }, 10)).toEqual([0, 4, 8, 10]);
  });
});

describe('alignmentUpdates', () => {
  it('has the initial weights, and never the last ones, which no update follows', () => {
    expect(alignmentUpdates({ every: 4 }, 8)).toEqual([0, 4]);
    expect(alignmentUpdates({ every: 4 }, 9)).toEqual([0, 4, 8]);
    expect(alignmentUpdates({ every: 100 }, 9)).toEqual([0]);
  });

  it('has the updates listed, in order and once each, or none', () => {
    expect(alignmentUpdates({ updates: [7, 0, 7] }, 8)).toEqual([0, 7]);
    expect(alignmentUpdates(null, 8)).toEqual([]);
  });
});
