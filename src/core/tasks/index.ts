/** All tasks. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { reach } from './reach.ts';
import type { TaskDefinition } from './task.ts';

const all: readonly TaskDefinition[] = [reach];

export const tasks = {
  all,
  get(id: string): TaskDefinition {
    const task = all.find((t) => t.id === id);
    if (task) return task;
    const known = all.map((t) => `"${t.id}"`).join(', ');
    throw new LabError('task.unknown', `Choosing a task: expected one of ${known}, found "${id}".`);
  },
};
