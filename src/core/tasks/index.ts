/** All tasks. A new one is one file and one line here. */
import type { Dataset } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { contextDecision } from './contextDecision.ts';
import { delayedResponse } from './delayedResponse.ts';
import { muscleReach } from './muscleReach.ts';
import { reach } from './reach.ts';
import { sineOnCue } from './sineOnCue.ts';
import type { TaskDefinition } from './task.ts';
import { twoIntervals } from './twoIntervals.ts';

const all: readonly TaskDefinition[] = [reach, muscleReach, contextDecision, delayedResponse, twoIntervals, sineOnCue];

export const tasks = {
  all,
  get(id: string): TaskDefinition {
    const task = all.find((t) => t.id === id);
    if (task) return task;
    const known = all.map((t) => `"${t.id}"`).join(', ');
    throw new LabError('task.unknown', `Choosing a task: expected one of ${known}, found "${id}".`);
  },
  /** What the task is posed on without a recording; throws LabError `task.recording` where it needs one. */
  alone(id: string, settings: unknown): Dataset {
    const { label, protocol } = tasks.get(id);
    if (protocol) return protocol(settings);
    const others = all.filter((t) => t.protocol).map((t) => `"${t.id}"`);
    throw new LabError(
      'task.recording',
      `Training on "${label}" without a recording: this task takes what is wanted from one, found none. Choose a recording, or one of ${others.join(', ')}.`,
    );
  },
};
