import { describe, expect, it } from 'vitest';
import { tasks } from '../../../../src/core/tasks/index.ts';

const settings = { dtMs: 50, places: 4, fixationMs: [100, 100], cueMs: 100, delayMs: [150, 150], responseMs: 100 };
const pose = (more = {}) =>
  tasks
    .get('delayed-response')
    .pose(tasks.alone('delayed-response', { ...settings, ...more }), { ...settings, ...more });
/** Course of one channel in the trial of one condition. */
const course = (tensor: { shape: readonly number[]; data: ArrayLike<number> }, trial: number, channel: number) =>
  Array.from(
    { length: tensor.shape[1] },
    (_, t) => tensor.data[(trial * tensor.shape[1] + t) * tensor.shape[2] + channel],
  );

describe('delayed response', () => {
  it('shows the place with the cue only and asks for it when the fixation point is off', () => {
    const { input, target, mask } = pose().analysis.batch;
    expect(course(input, 2, 0)).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(course(input, 2, 1)).toEqual([0, 0, -1, -1, 0, 0, 0, 0, 0]);
    expect(course(target, 2, 0)).toEqual([0, 0, 0, 0, 0, 0, 0, -1, -1]);
    expect(course(target, 1, 1)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(mask.data.every((m) => m === 1)).toBe(true);
  });

  it('can ask for a choice of the place', () => {
    const task = pose({ report: 'place' });
    expect(task.outputLabels).toEqual(['wait', '0°', '90°', '180°', '270°']);
    expect(Array.from(task.analysis.batch.target.data.slice(27, 36))).toEqual([0, 0, 0, 0, 0, 0, 0, 4, 4]);
  });
});
