import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../../../src/core/math/random/numpyRandom.ts';
import { tasks } from '../../../../src/core/tasks/index.ts';
import { messageOf } from '../../../support/files.ts';

const pose = (settings = {}) => tasks.get('sine-on-cue').pose(tasks.alone('sine-on-cue', settings), settings);
const fixed = { dtMs: 10, fixationMs: [100, 100], cueMs: 50, sineMs: 500, frequenciesHz: [2, 4] };

describe('sine on cue', () => {
  it('shows the cue, then asks for the sine that it names', () => {
    const { batch } = pose(fixed).analysis;
    expect([batch.trials, batch.steps]).toEqual([2, 65]);
    const input = (trial: number, step: number): number[] =>
      Array.from(batch.input.data.slice((trial * 65 + step) * 2, (trial * 65 + step) * 2 + 2));
    expect(input(0, 9)).toEqual([0, 0]);
    expect(input(0, 10)).toEqual([1, Math.fround(0.2)]);
    expect(input(1, 14)).toEqual([1, 1]);
    expect(input(1, 15)).toEqual([0, 1]);
    const sine = Array.from(batch.target.data.slice(65 + 15, 130));
    expect(batch.target.data.slice(65, 65 + 15).every((v) => v === 0)).toBe(true);
    sine.forEach((v, t) => expect(v).toBeCloseTo(Math.sin(2 * Math.PI * 4 * t * 0.01), 6));
  });

  it('can leave the frequency to memory', () => {
    const { batch } = pose({ ...fixed, sustained: false }).analysis;
    expect(batch.input.data.slice((65 + 15) * 2).every((v) => v === 0)).toBe(true);
  });

  it('draws the fixation anew for each trial, and counts nothing after its end', () => {
    const task = pose({ ...fixed, fixationMs: [50, 200] });
    const batch = task.draw(NumpyRandom.seeded(1), 200);
    const onsets = Array.from({ length: 200 }, (_, b) =>
      Array.from({ length: task.steps }, (_, t) => batch.input.data[(b * task.steps + t) * 2]).indexOf(1),
    );
    expect(new Set(onsets)).toEqual(new Set(Array.from({ length: 16 }, (_, k) => 5 + k)));
    onsets.forEach((onset, b) => {
      const mask = Array.from(batch.mask.data.slice(b * task.steps, (b + 1) * task.steps));
      expect(mask.lastIndexOf(1)).toBe(onset + 5 + 50 - 1);
      expect(mask.indexOf(0)).toBe(onset + 55 < task.steps ? onset + 55 : -1);
    });
  });

  it.each([
    [{ dtMs: 100, frequenciesHz: [1, 5] }, 'frequencies below 5 Hz at steps of 100 ms, found 5 Hz'],
    [{ dtMs: 50, cueMs: 20 }, '"cue" to last one step (50 ms) or more, found 20 ms'],
    [{ frequenciesHz: [] }, 'frequenciesHz to be a list of 1 or more'],
    [{ fixationMs: [300, 100] }, 'fixationMs to be [first, last]'],
  ])('refuses %j', (settings, words) => {
    expect(messageOf(() => pose(settings))).toContain(words);
  });
});
