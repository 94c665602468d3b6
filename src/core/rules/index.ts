/** All learning rules. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { bptt } from './bptt.ts';
import { eprop } from './eprop.ts';
import type { LearningRule } from './rule.ts';

const all: readonly LearningRule[] = [bptt, eprop];

export const rules = {
  all,
  get(id: string): LearningRule {
    const rule = all.find((r) => r.id === id);
    if (rule) return rule;
    const known = all.map((r) => `"${r.id}"`).join(', ');
    throw new LabError('rule.unknown', `Choosing a learning rule: expected one of ${known}, found "${id}".`);
  },
};
