/** Which place of the palette each group of runs takes. */
import { rules } from '../rules/index.ts';

/** The palette has so many colours that are told apart; more groups go along a ramp, in order. */
export const distinctColors = 7;

/** A rule's own place. Rules share places, those that come first have the better right to theirs. */
export function placeOfRule(id: string): number {
  return (
    Math.max(
      0,
      rules.all.findIndex((rule) => rule.id === id),
    ) % distinctColors
  );
}

/**
 * groupRules: for each group the id of its rule. The first group of a rule takes the rule's own place, so that a rule has
 * one colour whatever is shown beside it, unless a rule with the better right is there; it, and further groups of a rule,
 * take the places that are left.
 */
export function colorPlaces(groupRules: readonly string[]): number[] {
  if (groupRules.length > distinctColors) return groupRules.map((_, i) => i);
  const groupAt = new Map<number, number>();
  for (const { id } of rules.all) {
    const group = groupRules.indexOf(id);
    if (group >= 0 && !groupAt.has(placeOfRule(id))) groupAt.set(placeOfRule(id), group);
  }
  const placeOf = new Map(Array.from(groupAt, ([place, group]) => [group, place]));
  const free = Array.from({ length: distinctColors }, (_, place) => place).filter((place) => !groupAt.has(place));
  return groupRules.map((_, i) => placeOf.get(i) ?? free.shift()!);
}
