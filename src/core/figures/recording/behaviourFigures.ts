/** Behaviour that was recorded on steps of its own (muscles, forces, …): one figure per signal, on its own time. */
import type { Dataset } from '../../data/dataset.ts';
import { linesOf, shownConditions } from '../conditionColours.ts';
import type { ConditionChoice } from '../conditionColours.ts';
import type { Figure } from '../figure.ts';
import { timeOf } from './recordingTime.ts';

type Recording = Pick<Dataset, 'behaviour' | 'alignment' | 'conditions'>;

/** None where no behaviour was added. */
export function behaviourFigures({ behaviour, alignment, conditions }: Recording, choice: ConditionChoice): Figure[] {
  if (!behaviour) return [];
  const { name, labels, values, timeMs } = behaviour;
  const [, steps, count] = values.shape;
  const { x, axis } = timeOf({ timeMs, alignment });
  const shown = shownConditions(conditions, choice);
  return labels.map((label, signal) => ({
    id: `behaviour-${signal}`,
    title: label,
    x: axis,
    y: { label: name, scale: 'linear', min: null, max: null },
    groups: shown.groups,
    palette: shown.palette,
    lines: linesOf(
      shown,
      x,
      conditions.map((_, c) => x.map((_, t) => values.data[(signal * steps + t) * count + c])),
    ),
    bands: [],
    references: [],
    notes: [`${name}: ${steps} steps of its own, as its file has them.`, ...shown.notes],
  }));
}
