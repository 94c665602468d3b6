/** Labels of trials, or of conditions → conditions. */
import type { Condition } from '../dataset.ts';
import type { Labels } from './fileArrays.ts';

export type Variable = { name: string; labels: Labels };

/**
 * The combinations of the variables' labels that occur: numbers ascend, texts come as they first appear, the first variable
 * changes slowest. of: the condition of each entry, null where a label is missing (NaN or empty).
 */
export function combinations(variables: readonly Variable[]): { conditions: Condition[]; of: (number | null)[] } {
  const levels = variables.map(({ labels }) => levelsOf(labels));
  const places = variables[0].labels.map((_, i) => {
    const place = variables.map(({ labels }, v) => levels[v].indexOf(labels[i]));
    return place.includes(-1) ? null : place;
  });
  const distinct = new Map(places.flatMap((place) => (place === null ? [] : [[place.join(), place]])));
  const order = [...distinct.values()].sort(byFirstDifference);
  const rank = new Map(order.map((place, condition) => [place.join(), condition]));
  return {
    conditions: order.map((place) =>
      conditionOf(
        variables,
        place.map((level, v) => levels[v][level]),
      ),
    ),
    of: places.map((place) => (place === null ? null : rank.get(place.join())!)),
  };
}

/** The condition with these labels of these variables. */
export function conditionOf(variables: readonly Pick<Variable, 'name'>[], labels: Labels): Condition {
  const said = labels.map((label, v) => (typeof label === 'number' ? `${variables[v].name} ${label}` : label));
  const numbers = labels.flatMap((label, v) =>
    typeof label === 'number' ? [[variables[v].name, label] as const] : [],
  );
  return { label: said.join(', '), values: Object.fromEntries(numbers) };
}

function levelsOf(labels: Labels): Labels {
  const distinct = [...new Set(labels)].filter((label) => label !== '' && !Number.isNaN(label));
  return distinct.every((label) => typeof label === 'number') ? distinct.sort((a, b) => a - b) : distinct;
}

function byFirstDifference(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((level, i) => level !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
