import { rules } from '../../core/rules/index.ts';
import type { LawOutcome } from '../contract.ts';
import { outcomeOf } from './law.ts';
import { laws } from './laws.ts';

/** Checks one law after the other; in between others get their turn. Throws LabError `rule.unknown`. */
export async function checkRules(ids: readonly string[] = rules.all.map(({ id }) => id)): Promise<LawOutcome[]> {
  for (const id of ids) rules.get(id);
  const outcomes: LawOutcome[] = [];
  for (const law of laws.filter(({ rule }) => ids.includes(rule))) {
    outcomes.push(outcomeOf(law));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return outcomes;
}
