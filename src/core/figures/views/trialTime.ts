/** Time and conditions of a network's trials, as axes and lines show them. */
import { LabError } from '../../errors.ts';
import type { Axis } from '../figure.ts';
import type { ViewInput } from './networkView.ts';

/** More lines than this are no longer told apart. */
const mostConditions = 12;
const choiceOfMany = 8;

type Needs = Pick<ViewInput, 'task' | 'dataset'>;

/** ms from the recording's event at each step of a trial, from `from` to before `to`. */
export function timesOf({ task, dataset }: Needs, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => dataset.timeMs[0] + (from + k - task.analysis.start) * task.dtMs);
}

export function timeAxis({ dataset }: Pick<Needs, 'dataset'>, times: readonly number[]): Axis {
  return { label: `Time from ${dataset.alignment} (ms)`, scale: 'linear', min: times[0], max: times.at(-1)! };
}

/** Places of the conditions to show, and what to say of those that are not. Throws LabError `view.condition`. */
export function chosenConditions({ dataset, options }: Pick<ViewInput, 'dataset' | 'options'>): {
  places: readonly number[];
  notes: readonly string[];
} {
  const count = dataset.conditions.length;
  const { conditions: wanted } = options;
  const strange = wanted.find((c) => !(c < count));
  if (strange !== undefined) {
    throw new LabError(
      'view.condition',
      `Showing condition ${strange}: there are ${count}, counted from 0 to ${count - 1}.`,
    );
  }
  if (wanted.length > 0) {
    return { places: wanted, notes: wanted.length < count ? [`Conditions shown: ${wanted.length} of ${count}.`] : [] };
  }
  const all = Array.from({ length: count }, (_, c) => c);
  if (count <= mostConditions) return { places: all, notes: [] };
  const some = Array.from({ length: choiceOfMany }, (_, k) => Math.round((k * (count - 1)) / (choiceOfMany - 1)));
  return { places: some, notes: [`Conditions shown: ${choiceOfMany} of ${count}, evenly from the first to the last.`] };
}
