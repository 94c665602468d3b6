/** Lines of which each is of one condition: directions go round a circle of colours. */
import type { Condition } from '../data/dataset.ts';
import type { Figure, Line } from './figure.ts';

export function conditionGroups(conditions: readonly Condition[]): Pick<Figure, 'groups' | 'palette'> {
  return {
    groups: conditions.map(({ label }, color) => ({ id: label, label, color })),
    palette: conditions.every(({ values }) => 'directionDeg' in values) ? 'cyclic' : 'distinct',
  };
}

/** A line that belongs to no run: y at each x by its place. */
export function plainLine(label: string, group: string, x: readonly number[], y: (place: number) => number): Line {
  return { label, group, role: 'member', x, y: x.map((_, t) => y(t)), origins: [], n: [] };
}
