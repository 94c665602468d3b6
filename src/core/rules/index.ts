/** All learning rules. A new one is one file and one line here. */
import { LabError } from '../errors.ts';
import { bptt } from './bptt.ts';
import { directFeedbackAlignment } from './directFeedbackAlignment.ts';
import { eprop } from './eprop.ts';
import { epropAdaptive } from './epropAdaptive.ts';
import { epropRandom } from './epropRandom.ts';
import { feedbackAlignment } from './feedbackAlignment.ts';
import { modProp } from './modProp.ts';
import { nodePerturbation } from './nodePerturbation.ts';
import { recurrentFeedbackAlignment } from './recurrentFeedbackAlignment.ts';
import { rflo } from './rflo.ts';
import { rtrl } from './rtrl.ts';
import type { LearningRule, RuleSetting, RuleValues } from './rule.ts';
import { snap1 } from './snap1.ts';
import { threeFactor } from './threeFactor.ts';
import { truncatedBptt } from './truncatedBptt.ts';
import { uoro } from './uoro.ts';

const all: readonly LearningRule[] = [
  bptt,
  eprop,
  truncatedBptt,
  feedbackAlignment,
  modProp,
  epropRandom,
  epropAdaptive,
  rflo,
  threeFactor,
  recurrentFeedbackAlignment,
  directFeedbackAlignment,
  snap1,
  rtrl,
  uoro,
  nodePerturbation,
];

export const rules = {
  all,
  /** The rule with its default settings. */
  get(id: string): LearningRule {
    const rule = all.find((r) => r.id === id);
    if (rule) return rule;
    const known = all.map((r) => `"${r.id}"`).join(', ');
    throw new LabError('rule.unknown', `Choosing a learning rule: expected one of ${known}, found "${id}".`);
  },
  /** The rule with these settings, the others at their defaults; throws LabError `rule.settings` for a wrong one. */
  configured(id: string, given: RuleValues = {}): LearningRule {
    const rule = rules.get(id);
    const settings = rule.settings ?? {};
    for (const name of Object.keys(given)) {
      if (name in settings) continue;
      const known = Object.keys(settings).join(', ') || 'none, for it has no settings';
      refuse(rule, `one of ${known}`, `"${name}"`);
    }
    const values = Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name, checked(rule, name, setting, given[name])]),
    );
    return { ...rule, ...rule.configure?.(values) };
  },
};

function checked(rule: LearningRule, name: string, setting: RuleSetting, given: number | undefined): number {
  const { whole = false, least = -Infinity, most = Infinity } = setting;
  const value = given ?? setting.default;
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  return refuse(rule, `${name} to be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`, String(value));
}

function refuse({ label }: LearningRule, expected: string, found: string): never {
  throw new LabError('rule.settings', `Setting up the rule ${label}: expected ${expected}, found ${found}.`);
}
