/**
 * Which conditions are drawn, and in which colours: each its own, or one colour for all with the same value of a variable
 * (motion, direction, …), which keeps the legend of many conditions short.
 */
import type { Condition } from '../data/dataset.ts';
import { LabError } from '../errors.ts';
import { conditionGroups, plainLine } from './conditionLines.ts';
import type { Figure, Group, Line } from './figure.ts';

export type ConditionChoice = {
  /** name of the variable whose values share a colour; null: every condition has its own */
  readonly by: string | null;
  /** one line per colour, the mean of its conditions */
  readonly average: boolean;
};

export const everyCondition: ConditionChoice = { by: null, average: false };

export type ShownConditions = Pick<Figure, 'groups' | 'palette' | 'notes'> & {
  /** place in `groups` of each condition; null: not drawn */
  readonly groupOf: readonly (number | null)[];
  readonly labels: readonly string[];
  readonly average: boolean;
};

/** The variables that tell conditions apart, with as many different values as they have. */
export function variablesOf(conditions: readonly Condition[]): { name: string; levels: number }[] {
  const names = [...new Set(conditions.flatMap(({ values }) => Object.keys(values)))];
  return names
    .map((name) => ({ name, levels: new Set(conditions.map(({ values }) => values[name])).size }))
    .filter(({ levels }) => levels > 1);
}

/** lines and bands that can be told apart */
export const mostApart = 12;

/** Few conditions have a line each; many are averaged by the variable with most values that still fit a legend. */
export function usualChoice(conditions: readonly Condition[]): ConditionChoice {
  if (conditions.length <= mostApart) return everyCondition;
  const [best] = variablesOf(conditions)
    .filter(({ levels }) => levels <= mostApart)
    .sort((a, b) => b.levels - a.levels);
  return best ? { by: best.name, average: true } : everyCondition;
}

/** Throws LabError `figure.conditions` for a variable that no condition has. */
export function shownConditions(conditions: readonly Condition[], { by, average }: ConditionChoice): ShownConditions {
  const labels = conditions.map(({ label }) => label);
  if (by === null) {
    return { ...conditionGroups(conditions), groupOf: conditions.map((_, c) => c), labels, average: false, notes: [] };
  }
  const levels = [...new Set(conditions.flatMap(({ values }) => values[by] ?? []))].sort((a, b) => a - b);
  if (levels.length === 0) {
    const known = variablesOf(conditions).map(({ name }) => name);
    throw new LabError(
      'figure.conditions',
      `Colouring conditions by "${by}": none of them has a value of that name. ${known.length > 0 ? `Choose ${known.join(', ')}.` : 'They have no values at all.'}`,
    );
  }
  const groups = levels.map((level, color): Group => {
    const label = `${by} ${level < 0 ? `−${-level}` : level}`;
    return { id: label, label, color };
  });
  const without = conditions.filter(({ values }) => values[by] === undefined).length;
  return {
    groups,
    palette: by === 'directionDeg' ? 'cyclic' : 'distinct',
    groupOf: conditions.map(({ values }) => (values[by] === undefined ? null : levels.indexOf(values[by]))),
    labels,
    average,
    notes: [
      ...(average ? [`Each line: mean of the conditions with this value of ${by}.`] : []),
      ...(without > 0 ? [`Not drawn: ${without} conditions without a value of ${by}.`] : []),
    ],
  };
}

/** values: conditions × points, at each x */
export function linesOf(shown: ShownConditions, x: readonly number[], values: readonly (readonly number[])[]): Line[] {
  const { groups, groupOf, labels } = shown;
  if (!shown.average) {
    return values.flatMap((y, c) => {
      const group = groupOf[c];
      return group === null ? [] : [plainLine(labels[c], groups[group].id, x, (t) => y[t])];
    });
  }
  return groups.map(({ id, label }, g) => {
    const mine = values.filter((_, c) => groupOf[c] === g);
    return plainLine(label, id, x, (t) => mine.reduce((sum, y) => sum + y[t], 0) / mine.length);
  });
}
