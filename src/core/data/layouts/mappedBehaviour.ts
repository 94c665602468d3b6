/** Any array of a file as behaviour, with the user's word on what its axes are. */
import type { Dataset } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';
import type { BehaviourContent } from './behaviourLayout.ts';
import { factsOf } from './fileArrays.ts';
import { isMappable } from './guessMapping.ts';
import { arranged, arrayByMapping } from './mapped.ts';
import { refuse } from './mappedLabels.ts';
import { timesOf } from './mappedTimes.ts';
import type { AxisName, Mapping, Question } from './mapping.ts';
import { isTableMapping } from './mapping.ts';

export function behaviourByMapping(value: FileValue, mapping: Mapping, fileName: string): BehaviourContent {
  if (isTableMapping(mapping)) {
    return refuse('mapping.behaviour', fileName, 'columns of a table cannot be behaviour. Give an array of 3 axes.');
  }
  const array = arrayByMapping(value, mapping, fileName);
  const values = arranged(array, mapping.axes, ['signal', 'time', 'condition'], fileName);
  const labels = Array.from({ length: values.shape[0] }, (_, s) => `${mapping.name} ${s + 1}`);
  const timeMs = timesOf(value, mapping, values.shape[1], fileName);
  return { name: mapping.name, labels, values, timeMs, alignment: mapping.alignment };
}

/**
 * What has to be asked, or null where no array has three axes, one of them the dataset's conditions. The guess: the longer of
 * the others is time, its steps as long as the dataset's, and behaviour and activity end together.
 */
export function questionAboutBehaviour(value: FileValue, fileName: string, dataset: Dataset): Question | null {
  const conditions = dataset.conditions.length;
  const arrays = factsOf(value);
  const cube = arrays.find((a) => isMappable(a) && a.shape.length === 3 && a.shape.includes(conditions));
  if (!cube) return null;
  const { key, shape } = cube;
  const condition = shape.lastIndexOf(conditions);
  const others = [0, 1, 2].filter((axis) => axis !== condition);
  const time = shape[others[0]] > shape[others[1]] ? others[0] : others[1];
  const dtMs = dataset.timeMs[1] - dataset.timeMs[0];
  const axes = [0, 1, 2].map((axis): AxisName =>
    axis === condition ? 'condition' : axis === time ? 'time' : 'signal',
  );
  const why = { condition: `the dataset has ${conditions} conditions`, time: 'the longer of the others' };
  return {
    why: 'What the axes of its arrays are, and when the steps are, cannot be told from the file for certain.',
    arrays,
    suggestion: {
      array: key,
      axes,
      dtMs,
      startMs: dataset.timeMs.at(-1)! - (shape[time] - 1) * dtMs,
      alignment: dataset.alignment,
      name: fileName.replace(/\.[^.]*$/, ''),
    },
    reasons: {
      ...Object.fromEntries(axes.map((name, axis) => [`axis ${axis + 1}`, why[name as 'time'] ?? 'what is left'])),
      times: 'steps as long as those of the activity, which ends at the same time',
    },
  };
}
