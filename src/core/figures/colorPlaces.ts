/** Which place of the palette each group of runs takes. */
import { rules } from '../rules/index.ts';

/** The palette has so many colours that are told apart; more groups go along a ramp, in order. */
export const distinctColors = 7;

/**
 * groupRules: for each group the id of its rule. The first group of a rule takes the rule's own place, so that a rule
 * has one colour whatever is shown beside it; further groups of a rule take the places behind those of all rules, and
 * when these run out, those of rules that are not there.
 */
export function colorPlaces(groupRules: readonly string[]): number[] {
  if (groupRules.length > distinctColors) return groupRules.map((_, i) => i);
  const own = rules.all.map((rule) => groupRules.indexOf(rule.id));
  const free = Array.from({ length: distinctColors }, (_, place) => place).filter((place) => (own[place] ?? -1) < 0);
  const further = [...free.filter((p) => p >= own.length), ...free.filter((p) => p < own.length)].values();
  return groupRules.map((_, i) => (own.includes(i) ? own.indexOf(i) : further.next().value!));
}
