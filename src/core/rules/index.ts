/** All learning rules. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { bptt } from './bptt.ts';
import { whyNotDrawn } from './drawWiring.ts';
import { eprop } from './eprop.ts';
import { feedbackAlignment } from './feedbackAlignment.ts';
import { modProp } from './modProp.ts';
import type { LearningRule } from './rule.ts';
import { truncatedBptt } from './truncatedBptt.ts';

const all: readonly LearningRule[] = [bptt, eprop, truncatedBptt, feedbackAlignment, modProp];

export const rules = {
  all,
  /** those that a run can be planned with */
  offered: all.filter((rule) => whyNotDrawn(rule) === null),
  get(id: string): LearningRule {
    const rule = all.find((r) => r.id === id);
    if (rule) return rule;
    const known = all.map((r) => `"${r.id}"`).join(', ');
    throw new LabError('rule.unknown', `Choosing a learning rule: expected one of ${known}, found "${id}".`);
  },
  /** As `get`, for a plan: throws LabError `rule.wiring` for a rule that is known but not offered. */
  forPlan(id: string): LearningRule {
    const rule = rules.get(id);
    const obstacle = whyNotDrawn(rule);
    if (obstacle !== null) throw new LabError('rule.wiring', `Choosing a learning rule: ${obstacle}.`);
    return rule;
  },
};
